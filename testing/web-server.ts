import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What a server is asked; "" for a header that was not sent. */
export interface Asked {
  method: string;
  url: string;
  range: string;
  authorization: string;
  encoding: string;
  referer: string;
  cookie: string;
}

/** A server on this machine, for as long as a test needs it. */
export interface WebServer {
  /** "http://127.0.0.1:PORT" */
  origin: string;
  /** Whatever was asked of it, in order. */
  requests: Asked[];
  close(): Promise<void>;
}

type Answering = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** @param answer is called with how many requests there have been, this one counted. */
export async function webServer(answer: Answering): Promise<WebServer> {
  const requests: WebServer["requests"] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const { range = "", authorization = "", referer = "", cookie = "" } = headers;
    const encoding = String(headers["accept-encoding"]);
    requests.push({ method, url, range, authorization, encoding, referer, cookie });
    answer(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers as RFC 9110 has it: 206 with the range that was asked for, 200 where none was. */
export function sendRange(
  request: IncomingMessage,
  response: ServerResponse,
  file: Uint8Array,
  headers: Record<string, string> = { etag: '"one"' },
): void {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
  if (from === undefined) {
    response.writeHead(200, { ...headers, "content-length": file.length });
    response.end(file);
    return;
  }
  const start = Number(from);
  if (start >= file.length) {
    response.writeHead(416, { ...headers, "content-range": `bytes */${file.length}` });
    response.end();
    return;
  }
  const end = Math.min(Number(to) + 1, file.length);
  const range = `bytes ${start}-${end - 1}/${file.length}`;
  // node:http sets the length by itself, so that a test can send another than it says.
  response.writeHead(206, { "content-range": range, ...headers });
  response.end(file.subarray(start, end));
}
