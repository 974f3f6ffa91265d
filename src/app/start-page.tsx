import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RaceClient } from "../client/race-client.ts";
import { spawnRaceWorker, spawnStoreWorker } from "../client/spawn.ts";
import { StoreClient } from "../client/store-client.ts";
import { App } from "./App.tsx";
import "./fonts.css";
import "./tokens.css";
import "./base.css";
import { Intake } from "./intake.ts";
import { takeLaunchedFiles } from "./launched-files.ts";
import { Navigation } from "./navigation.ts";
import type { Entry } from "./StartScreen.tsx";
import { Session } from "./session.ts";
import { Updates } from "./updates.ts";
import { fetchViewsAhead } from "./views.tsx";

/** Puts the page into its document: what differs between the two is how an image comes in. */
export function startPage(entry: Entry): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("the document has no #root");
  const client = new StoreClient(spawnStoreWorker);
  const session = new Session(client);
  const navigation = new Navigation(session);
  const intake = new Intake(client, session, navigation);
  const updates = new Updates();
  const race = new RaceClient(spawnRaceWorker);
  createRoot(root).render(
    <StrictMode>
      <App
        entry={entry}
        session={session}
        navigation={navigation}
        intake={intake}
        race={race}
        updates={updates}
      />
    </StrictMode>,
  );
  if (entry === "file") takeLaunchedFiles(intake);
  // What the first screen does not wait for.
  const afterLoad = () => {
    fetchViewsAhead();
    void updates.keep();
  };
  window.addEventListener("load", afterLoad, { once: true });
}
