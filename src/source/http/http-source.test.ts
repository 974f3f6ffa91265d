import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { seededRng } from "../../../testing/random.ts";
import { sendRange, type WebServer, webServer } from "../../../testing/web-server.ts";
import { SourceError } from "../block-source.ts";
import { httpAddress } from "./address.ts";
import { HttpSource } from "./http-source.ts";
import { PATIENCE } from "./patience.ts";

const SIZE = 3 * 1024 * 1024 + 777;
const rng = seededRng(9);
const FILE = Uint8Array.from({ length: SIZE }, () => rng.between(0, 255));
const QUICK = { ...PATIENCE, firstWait: 1 };

const servers: WebServer[] = [];
const sources: HttpSource[] = [];
afterEach(async () => {
  for (const source of sources.splice(0)) source.close();
  for (const server of servers.splice(0)) await server.close();
});

type Answering = Parameters<typeof webServer>[0];

async function serve(answer: Answering): Promise<WebServer> {
  const server = await webServer(answer);
  servers.push(server);
  return server;
}

async function openAt(address: string, patience = QUICK): Promise<HttpSource> {
  const parsed = httpAddress(address);
  if (!parsed) throw new Error(`${address} is none`);
  const source = await HttpSource.open(parsed, patience);
  sources.push(source);
  return source;
}

async function open(answer: Answering, patience = QUICK) {
  const server = await serve(answer);
  return { server, source: await openAt(`${server.origin}/disk.img`, patience) };
}

const whole: Answering = (request, response) => sendRange(request, response, FILE);

async function failure(step: () => Promise<unknown>): Promise<SourceError> {
  try {
    await step();
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error("it went well");
}

const at = (offset: number, length: number) => [{ offset, length }];

describe("reading", () => {
  test("1,000 random reads are the file's bytes, several at a time", async () => {
    const { source } = await open(whole);
    expect(source.size).toBe(SIZE);
    for (let i = 0; i < 100; i++) {
      const reads = Array.from({ length: 10 }, () =>
        Array.from({ length: rng.between(1, 5) }, () => {
          const offset = rng.between(0, SIZE - 1);
          return {
            offset,
            length: rng.between(0, Math.min(SIZE - offset, rng.pick([1, 600, 70_000]))),
          };
        }),
      );
      const got = await Promise.all(reads.map((ranges) => source.read(ranges)));
      got.forEach((bytes, index) => {
        const wanted = (reads[index] ?? []).map(({ offset, length }) =>
          FILE.subarray(offset, offset + length),
        );
        expect(Buffer.compare(bytes, Buffer.concat(wanted))).toBe(0);
      });
    }
  });

  test("it asks for bytes=0-0 first, never packed, one range a request, each byte once", async () => {
    const { server, source } = await open(whole);
    await source.read(at(0, SIZE));
    await source.read(at(1000, 100_000));
    expect(server.requests[0]?.range).toBe("bytes=0-0");
    expect(server.requests.every(({ encoding }) => encoding === "identity")).toBe(true);
    expect(server.requests.every(({ range }) => /^bytes=\d+-\d+$/.test(range))).toBe(true);
    // 3 MiB and a little in requests of at most 1 MiB.
    expect(server.requests.length).toBe(1 + 4);
    expect(source.counters).toEqual({ bytes: 1 + SIZE, calls: 5 });
  });

  test("near ranges are one request, scattered ones fetch no more than their pages", async () => {
    const { server, source } = await open(whole);
    await source.read([0, 1, 2, 3].map((i) => ({ offset: i * 20_000, length: 512 })));
    expect(server.requests.length).toBe(2);
    await source.read([1, 2, 3, 4].map((i) => ({ offset: i * 500_000, length: 4096 })));
    expect(server.requests.length).toBe(6);
    expect(source.counters.bytes).toBeLessThan(1 + 70_000 + 4 * 8192);
  });

  test("at most 8 requests are in flight", async () => {
    let running = 0;
    let most = 0;
    const { source } = await open((request, response) => {
      most = Math.max(most, ++running);
      setTimeout(() => {
        running -= 1;
        sendRange(request, response, FILE);
      }, 20);
    });
    await source.read(Array.from({ length: 30 }, (_, i) => ({ offset: i * 100_000, length: 1 })));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  test("an empty file has no bytes", async () => {
    const { source } = await open((request, response) =>
      sendRange(request, response, new Uint8Array()),
    );
    expect(source.size).toBe(0);
  });

  test("behind its end is no byte", async () => {
    const { source } = await open(whole);
    expect((await failure(() => source.read(at(SIZE - 1, 2)))).message).toContain(`${SIZE}`);
  });
});

describe("what a server may not do is said in words", () => {
  const answered =
    (status: number, headers: Record<string, string> = {}): Answering =>
    (_, response) =>
      response.writeHead(status, headers).end("no");
  const badRange =
    (range: string | null, headers: Record<string, string> = {}): Answering =>
    (_, response) =>
      response
        .writeHead(206, { ...(range === null ? {} : { "content-range": range }), ...headers })
        .end("x");

  test.each<[string, Answering, string]>([
    ["401", answered(401), "401, that a user name and a password are needed"],
    ["403", answered(403), "403, that it may not be read"],
    ["404", answered(404), "404, that there is no such file"],
    ["another status", answered(418), "the server answers 418"],
    ["416 of a file that is not empty", answered(416, { "content-range": "bytes */5" }), "416"],
    ["416 without a size", answered(416), "416, that it has no such range"],
    ["no Content-Range", badRange(null), "another range than bytes 0-0: no Content-Range"],
    ["a wrong one", badRange("bytes 1-1/10"), "another range than bytes 0-0: bytes 1-1/10"],
    ["none that is one", badRange("byte"), "another range"],
    ["no size", badRange("bytes 0-0/*"), "does not say how long it is"],
    ["a size that is none", badRange("bytes 0-0/99999999999999999999"), "its size cannot be"],
    ["gzip", badRange("bytes 0-0/10", { "content-encoding": "gzip" }), "Content-Encoding: gzip"],
    ["a redirect to nowhere", answered(302), "does not say where it is now"],
    ["one to another protocol", answered(302, { location: "file:///etc/passwd" }), "file://"],
    ["redirects without end", answered(302, { location: "/again" }), "10 redirects"],
  ])("%s", async (_, answer, words) => {
    const server = await serve(answer);
    const error = await failure(() => openAt(`${server.origin}/disk.img`));
    expect(error.kind).toBe("unreadable");
    expect(error.message).toContain(words);
  });

  test("no ranges: the body is not taken", async () => {
    let cut = false;
    const server = await serve((_, response) => {
      response.on("close", () => (cut = !response.writableFinished));
      response.writeHead(200, { "content-length": 1 << 30 });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 16)));
      };
      response.on("drain", more);
      more();
    });
    const error = await failure(() => openAt(`${server.origin}/disk.img`));
    expect(error.message).toContain("this server sends no ranges");
    await expect.poll(() => cut).toBe(true);
  });

  test("more bytes than the range has", async () => {
    const { source } = await open((request, response, count) => {
      if (count === 1) return whole(request, response, count);
      const [, from = "", to = ""] = /(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
      response.writeHead(206, { etag: '"one"', "content-range": `bytes ${from}-${to}/${SIZE}` });
      response.end(Buffer.alloc(200_000));
    });
    expect((await failure(() => source.read(at(0, 10)))).message).toContain("sends more than");
  });

  test("a port where nobody listens, a name that is none: at once", async () => {
    const server = await serve(whole);
    await server.close();
    servers.pop();
    const refused = await failure(() => openAt(`${server.origin}/x`, PATIENCE));
    expect(refused.message).toContain("ECONNREFUSED");
  });
});

describe("a file that changes is one that changed", () => {
  const then =
    (file: Uint8Array, headers: Record<string, string>): Answering =>
    (request, response, count) =>
      count <= 2
        ? sendRange(request, response, FILE, { etag: 'W/"one"', "last-modified": "then" })
        : sendRange(request, response, file, headers);

  test.each<[string, Answering]>([
    ["ETag", then(FILE, { etag: '"two"', "last-modified": "then" })],
    ["Last-Modified", then(FILE, { etag: '"one"', "last-modified": "now" })],
    ["size", then(FILE.subarray(1), { etag: '"one"', "last-modified": "then" })],
    ["416", then(FILE.subarray(0, 5), { etag: '"one"', "last-modified": "then" })],
  ])("%s", async (_, answer) => {
    const { source } = await open(answer);
    await source.read(at(0, 100));
    source.assertUnchanged();
    expect((await failure(() => source.read(at(2_000_000, 100)))).kind).toBe("changed");
    // Nothing is read of it any more, and nobody can go on without having noticed.
    expect((await failure(() => source.read(at(0, 100)))).kind).toBe("changed");
    expect(() => source.assertUnchanged()).toThrow(SourceError);
  });

  test("a weak ETag is the same as a strong one", async () => {
    const { source } = await open(then(FILE, { etag: '"one"', "last-modified": "then" }));
    await source.read(at(0, 100));
    await source.read(at(2_000_000, 100));
  });
});

describe("a server in trouble is asked again", () => {
  /** The second and third request go wrong. */
  const wrong =
    (how: (request: IncomingMessage, response: ServerResponse) => void): Answering =>
    (request, response, count) =>
      count === 2 || count === 3 ? how(request, response) : whole(request, response, count);

  test.each<[string, Answering]>([
    ["503", wrong((_, response) => response.writeHead(503).end("busy"))],
    [
      "429 that says when",
      wrong((_, response) => response.writeHead(429, { "retry-after": "0" }).end()),
    ],
    ["a connection that is cut before the answer", wrong((request) => request.socket.destroy())],
    [
      "a connection that is cut midway",
      wrong((request, response) => {
        response.writeHead(206, {
          etag: '"one"',
          "content-range": `bytes 0-65535/${SIZE}`,
          "content-length": 65536,
        });
        response.write(FILE.subarray(0, 1000), () => request.socket.destroy());
      }),
    ],
    [
      "an answer that is too short",
      wrong((_, response) => {
        response.writeHead(206, { etag: '"one"', "content-range": `bytes 0-65535/${SIZE}` });
        response.end(FILE.subarray(0, 1000));
      }),
    ],
  ])("%s", async (_, answer) => {
    const { server, source } = await open(answer);
    expect(Buffer.compare(await source.read(at(0, 5000)), FILE.subarray(0, 5000))).toBe(0);
    expect(server.requests.length).toBe(4);
  });

  test("so often as Retry-After says, and not before", async () => {
    const times: number[] = [];
    const { source } = await open((request, response, count) => {
      times.push(performance.now());
      if (count !== 2) return whole(request, response, count);
      response.writeHead(503, { "retry-after": "1" }).end();
    });
    await source.read(at(0, 10));
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(990);
  });

  test("but not for ever", async () => {
    const server = await serve((_, response) => response.writeHead(503).end());
    const error = await failure(() => openAt(`${server.origin}/disk.img`));
    expect([error.kind, server.requests.length]).toEqual(["unavailable", QUICK.tries]);
    expect(error.message).toContain("503, that it is overloaded");
    expect(error.message).toContain("asked 5 times");
  });

  test("and not where it asks for an hour", async () => {
    const server = await serve((_, response) =>
      response.writeHead(503, { "retry-after": "3600" }).end(),
    );
    const error = await failure(() => openAt(`${server.origin}/disk.img`));
    expect([error.kind, server.requests.length]).toEqual(["unavailable", 1]);
    expect(error.message).toContain("come again after 3600 s");
  });

  test("one that never answers is given up; so is one that never ends", async () => {
    const patience = { ...QUICK, tries: 2, answer: 50, whole: 100 };
    const silent = await serve(() => {});
    const error = await failure(() => openAt(`${silent.origin}/x`, patience));
    expect([error.kind, error.message]).toEqual([
      "unavailable",
      "there is no answer within 0.05 s (asked 2 times)",
    ]);
    const endless = await serve((_, response) => {
      response.writeHead(206, { "content-range": "bytes 0-0/10" }).flushHeaders();
    });
    const other = await failure(() => openAt(`${endless.origin}/x`, patience));
    expect(other.message).toContain("the answer is not whole within 0.1 s");
  });

  test("a slow one is waited for", async () => {
    const { source } = await open((request, response) =>
      setTimeout(() => sendRange(request, response, FILE), 100),
    );
    expect(await source.read(at(5, 3))).toEqual(FILE.slice(5, 8));
  });

  test("what is closed waits for nothing", async () => {
    const { source } = await open((request, response, count) => {
      if (count === 1) whole(request, response, count);
    });
    const reading = failure(() => source.read(at(0, 10)));
    source.close();
    expect((await reading).message).toBe("it was closed");
  });
});

describe("redirects", () => {
  test("lead on; where the target expires they are followed anew", async () => {
    let valid = "";
    let signed = 0;
    const server = await serve((request, response, count) => {
      if (request.url === "/disk.img") {
        valid = `/signed?${++signed}`;
        response.writeHead(302, { location: valid }).end();
      } else if (request.url === valid) whole(request, response, count);
      else response.writeHead(403).end();
    });
    const source = await openAt(`${server.origin}/disk.img`);
    await source.read(at(0, 10));
    expect(server.requests.map(({ url }) => url)).toEqual(["/disk.img", "/signed?1", "/signed?1"]);
    valid = "expired";
    expect(await source.read(at(2_000_000, 4))).toEqual(FILE.slice(2_000_000, 2_000_004));
    expect(server.requests.slice(3).map(({ url }) => url)).toEqual([
      "/signed?1",
      "/disk.img",
      "/signed?2",
    ]);
  });

  test("user name and password go to the server they are for, and to no other", async () => {
    const other = await serve(whole);
    const server = await serve((_, response) =>
      response.writeHead(307, { location: `${other.origin}/there` }).end(),
    );
    const { host } = new URL(server.origin);
    await openAt(`http://me:p%40ss@${host}/disk.img`);
    const basic = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
    expect(server.requests[0]?.authorization).toBe(basic);
    expect(other.requests.map(({ authorization }) => authorization)).toEqual([""]);
  });
});

describe("addresses", () => {
  test.each([
    [
      "https://user:secret@h.example/a/b%20c.img?sig=secret#x",
      "https://h.example/a/b%20c.img",
      "b c.img",
    ],
    ["HTTP://h.example:8080", "http://h.example:8080/", "h.example:8080"],
    ["https://h.example/a/", "https://h.example/a/", "a"],
    ["https://h.example/%zz", "https://h.example/%zz", "%zz"],
  ])("%s", (text, shown, name) => {
    expect(httpAddress(text)).toMatchObject({ shown, name });
  });

  test.each([
    "https:",
    "https:file",
    "https://",
    "http://[",
    "ftp://h/x",
    "./https://h/x",
    "disk.img",
  ])("%s is the name of a file", (text) => expect(httpAddress(text)).toBeNull());
});
