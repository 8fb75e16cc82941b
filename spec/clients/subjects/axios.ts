import axios, { type AxiosProgressEvent } from 'axios';
import { type Client, type ClientCall, type ClientProgress, type ClientReply } from '../laws/Client.js';

/** [axios](https://axios-http.com/), which takes its `xhr` adapter where the global class was there when it was loaded. */
export function axiosClient(): Client {
  return {
    can: {
      responseTypes: ['json', 'text', 'arraybuffer', 'blob', 'document'],
      timeout: true,
      uploadProgress: true,
      downloadProgress: true,
    },
    send,
    failureOf(error) {
      if (!axios.isAxiosError<unknown>(error)) throw error;
      if (error.code === 'ERR_CANCELED') return { kind: 'abort' };
      if (error.code === 'ECONNABORTED') return { kind: 'timeout' };
      if (error.code === 'ERR_NETWORK') return { kind: 'network' };
      if (error.response === undefined) throw error;
      return { kind: 'status', status: error.response.status, body: error.response.data };
    },
  };
}

async function send(call: ClientCall): Promise<ClientReply> {
  const { body, onUpload, onDownload, headers, ...config } = call;
  const response = await axios.request<unknown>({
    ...config,
    data: body,
    // Only where there is a window, axios leaves the type of FormData, with its boundary, to XMLHttpRequest.
    headers: { ...(body instanceof FormData && { 'content-type': false }), ...headers },
    ...(onUpload && { onUploadProgress: tell(onUpload) }),
    ...(onDownload && { onDownloadProgress: tell(onDownload) }),
  });
  const { status, data, headers: fields } = response;
  const { responseURL } = response.request as XMLHttpRequest;
  return {
    status,
    url: responseURL,
    header: (name) => (fields[name.toLowerCase()] as string | undefined) ?? null,
    body: data,
  };
}

const tell =
  (report: (progress: ClientProgress) => void) =>
  ({ loaded, total }: AxiosProgressEvent): void => {
    report({ loaded, total });
  };
