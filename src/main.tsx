import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import "./app/fonts.css";
import "./app/tokens.css";
import "./app/base.css";
import { Intake } from "./app/intake.ts";
import { takeLaunchedFiles } from "./app/launched-files.ts";
import { Navigation } from "./app/navigation.ts";
import { Session } from "./app/session.ts";
import { Updates } from "./app/updates.ts";
import { fetchViewsAhead } from "./app/views.tsx";
import { RaceClient } from "./client/race-client.ts";
import { spawnRaceWorker, spawnStoreWorker } from "./client/spawn.ts";
import { StoreClient } from "./client/store-client.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

const client = new StoreClient(spawnStoreWorker);
const session = new Session(client);
const navigation = new Navigation(session);
const intake = new Intake(client, session, navigation);
const updates = new Updates();
const race = new RaceClient(spawnRaceWorker);
createRoot(root).render(
  <StrictMode>
    <App session={session} navigation={navigation} intake={intake} race={race} updates={updates} />
  </StrictMode>,
);
takeLaunchedFiles(intake);

/** What the first screen does not wait for. */
function afterLoad(): void {
  fetchViewsAhead();
  void updates.keep();
}
window.addEventListener("load", afterLoad, { once: true });
