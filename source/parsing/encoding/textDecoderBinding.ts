/** Where decoders come from, where it is not the platform; set by the entries for Node. */
export const textDecoderBinding: { Decoder?: typeof TextDecoder } = {};
