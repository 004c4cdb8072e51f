import { render } from "preact";
import "../style/base.css";
import { type OfflinePage, offlineDataId } from "../../src/validation/offlinePage.ts";
import { CodingDesk } from "./CodingDesk.tsx";
import { maybeStorage, openKeeper } from "./openKeeper.ts";
import "./offline.css";

const data = document.getElementById(offlineDataId)?.textContent;
const root = document.getElementById("app");
if (typeof data !== "string" || root === null) throw new Error("the page is damaged: it has no data");
const page = JSON.parse(data) as OfflinePage;
render(<CodingDesk page={page} keeper={openKeeper(page, maybeStorage())} />, root);
