import axios, { type AxiosProgressEvent, type AxiosRequestTransformer } from 'axios';
import { type Client, type ClientCall, type ClientProgress, type ClientReply } from '../contracts/Client.js';

/** [axios](https://axios-http.com/), which takes its `xhr` adapter where the global class was there when it was loaded. */
export function axiosClient(): Client {
  axios.defaults.env = { ...axios.defaults.env, FormData };
  axios.defaults.transformRequest = [axios.defaults.transformRequest ?? [], leaveFormData].flat();
  return {
    can: {
      responseTypes: ['json', 'text', 'arraybuffer', 'blob', 'document'],
      timeout: true,
      uploadProgress: true,
      downloadProgress: true,
      immediateAbort: true,
      relativeUrls: true,
      tellUrl: true,
      otherClasses: true,
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

/** Only where there is a window, axios leaves the type of FormData, with its boundary, to XMLHttpRequest by itself. */
const leaveFormData: AxiosRequestTransformer = (data: unknown, headers) => {
  if (data instanceof FormData) headers.set('content-type', false);
  return data;
};

async function send(call: ClientCall): Promise<ClientReply> {
  const { body, onUpload, onDownload, headers, ...config } = call;
  const response = await axios.request<unknown>({
    ...config,
    data: body,
    headers: { ...headers },
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
