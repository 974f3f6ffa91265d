import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A server of this test alone, on a port that was free. */
export interface TestServer {
  /** "http://localhost:PORT/" */
  address: string;
  close(): Promise<void>;
}

async function listening(server: Server): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};
export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The built page from a host that knows types and nothing else: no policy, no header of its own. */
export function servePlainly(folder = DIST): Promise<TestServer> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const bytes = await readFile(join(folder, file)).catch(() => null);
    if (bytes === null) response.writeHead(404).end();
    else {
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type }).end(bytes);
    }
  });
  return listening(server);
}

/** Somebody else's host, which takes whatever reaches it. */
export async function listenForStrays(): Promise<TestServer & { heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.writeHead(200, {
      "access-control-allow-origin": "*",
      "content-type": "text/javascript",
    });
    response.end("export default 1;");
  });
  server.on("upgrade", (request, socket) => {
    heard.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  return { ...(await listening(server)), heard };
}
