/** The web app's main: the browser's composition in, a screen out. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserHost } from "../compose/browser/browser.ts";
import { App } from "./app/app.tsx";
import { createBoot } from "./app/create-boot.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/photos.css";
import "./styles/people.css";
import "./styles/albums.css";
import "./styles/viewer.css";
import "./styles/devices.css";
import "./styles/welcome.css";
import "./styles/lock.css";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no place for the app");
const boot = createBoot(createBrowserHost());
createRoot(root).render(
  <StrictMode>
    <App boot={boot} />
  </StrictMode>,
);

// Without a service worker the app works all the same; it only needs a network to start.
navigator.serviceWorker?.register("/service-worker.js").catch(() => undefined);
