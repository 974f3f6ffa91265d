// Every view of the page, and how to get there: what docs/screenshots/ shows.
import { readFileSync } from "node:fs";

/** @returns what a file input takes: a sample, or the given bytes, under a name. */
const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer });
const sample = (name) => file(name, readFileSync(`public/samples/${name}`));

const inspect = (fields) => `#inspect?v=1&${fields}`;

/**
 * `name` begins the names of its pictures; `address` is behind the page's own; `open`, if there is
 * one, does what no address does; `shown` finds what is there once the view is whole.
 */
export const VIEWS = [
  {
    name: "start",
    address: "",
    shown: (page) => page.getByRole("listitem").first(),
  },
  {
    name: "inspect",
    address: inspect("sample=race-torn-header"),
    shown: areaRows,
  },
  {
    name: "exceptions",
    address: inspect("sample=several-areas&area=1&panel=exceptions"),
    shown: areaRows,
  },
  {
    name: "look-up",
    address: inspect("sample=damaged&panel=lookup"),
    shown: (page) => page.getByRole("region", { name: "Look up" }),
  },
  {
    name: "data",
    address: inspect("sample=damaged&panel=exceptions"),
    open: async (page) => {
      await areaRows(page).waitFor();
      const rows = page.getByRole("region", { name: "Exceptions" }).getByRole("row");
      await rows.nth(1).click();
      await page.getByRole("button", { name: "Show the data" }).first().click();
    },
    shown: (page) => page.getByRole("dialog").getByRole("grid").first(),
  },
  {
    name: "compare",
    address: inspect("sample=healthy"),
    open: async (page) => {
      await areaRows(page).waitFor();
      await page.getByLabel("Image to compare with").setInputFiles(sample("damaged.img"));
    },
    shown: (page) => page.getByRole("grid", { name: "Runs of origin chunks" }),
  },
  {
    name: "map",
    address: "#map?v=1&sample=several-areas",
    shown: (page) => page.getByRole("application", { name: "Map of the COW device" }),
  },
  {
    name: "find",
    address: "#find?v=1&sample=nested",
    shown: (page) => page.getByText("all stores read"),
  },
  {
    name: "repair",
    address: "#repair?v=1&sample=race-torn-header",
    shown: (page) => page.getByRole("button", { name: /^Save/ }).first(),
  },
  {
    name: "replay",
    address: "#replay?v=1&steps=4I2C&at=6",
    shown: (page) => page.getByRole("region").first(),
  },
  {
    name: "tour",
    address: "#replay?v=1&tour=3",
    shown: (page) => page.getByRole("region").first(),
  },
  {
    name: "problem",
    address: "",
    open: (page) =>
      page.getByLabel("COW image").setInputFiles(file("notes.txt", Buffer.from("No store.\n"))),
    shown: (page) => page.getByRole("region", { name: "Problem" }),
  },
  {
    name: "by-address",
    address: "address.html",
    shown: (page) => page.getByRole("heading").first(),
  },
];

function areaRows(page) {
  return page.getByRole("region", { name: "area", exact: true }).getByRole("grid").first();
}
