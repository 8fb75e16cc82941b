/** A program that talks to a server of socket.io, leaves, and has nothing else to do then: `socketIo.ts URL`. */
import { install } from '../../../source/xmlhttprequest.js';

install();
const { io, XHR } = await import('socket.io-client');
const socket = io(process.argv[2] ?? '', { transports: [XHR] });
console.log(JSON.stringify(await socket.emitWithAck('echo', 'é')));
socket.close();
