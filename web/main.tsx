import { render } from "preact";
import "virtual:colors.css";
import "./style/base.css";
import "./style/shell.css";
import { App } from "./App.tsx";

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no place for the app");
render(<App />, root);
