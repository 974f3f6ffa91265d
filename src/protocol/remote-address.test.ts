import { expect, test } from "vitest";
import { readRemoteAddress } from "./remote-address.ts";

test.each([
  [
    " https://Host.Example/a/b%20c.qcow2?sig=s#x ",
    "https://host.example/a/b%20c.qcow2?sig=s",
    "b c.qcow2",
  ],
  ["http://localhost:8000/x/", "http://localhost:8000/x/", "x"],
  ["http://127.0.0.1/", "http://127.0.0.1/", "127.0.0.1"],
  ["https://host.example/%zz", "https://host.example/%zz", "%zz"],
])("%s", (text, url, name) => expect(readRemoteAddress(text)).toMatchObject({ url, name }));

test("what is shown of it has no query", () => {
  expect(readRemoteAddress("https://h.example:444/a?sig=s")).toEqual({
    url: "https://h.example:444/a?sig=s",
    host: "h.example:444",
    path: "/a",
    name: "a",
  });
});

test.each([
  ["", "none"],
  ["host.example/disk.img", "none"],
  ["https:disk.img", "none"],
  ["https://", "none"],
  ["ftp://host/x", "protocol"],
  ["file:///etc/passwd", "protocol"],
  ["http://host.example/x", "insecure"],
  ["http://localhost.example/x", "insecure"],
  ["http://10.0.0.1/x", "insecure"],
  ["https://me@host/x", "credentials"],
  ["https://:secret@host/x", "credentials"],
])("%s is none that a page may ask for: %s", (text, complaint) => {
  expect(readRemoteAddress(text)).toBe(complaint);
});
