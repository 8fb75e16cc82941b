import { type Socket } from 'node:net';

/**
 * Closes a connection so that the other side sees it broken, not ended. Node's `resetAndDestroy()` ends it first where nothing
 * is waiting to be written; what follows there on that is done by `destroy()`, which looks at this property.
 */
export function resetSocket(socket: Socket): void {
  if (!socket.connecting && !socket.destroyed) Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
