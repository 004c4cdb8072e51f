import { render } from "preact";
import "virtual:colors.css";
import "./style/base.css";
import "./style/shell.css";
import { App } from "./App.tsx";
import { openAccess } from "./access/openAccess.ts";
import { ApiError } from "./api.ts";
import { Failure } from "./shell/Failure.tsx";

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no place for the app");
const coder = /^\/code(?:\/(.*))?$/.exec(location.pathname);
if (coder === null) void openAccess().then(() => render(<App />, root));
// A coder's page asks for nothing of the study, and has no way to it.
else {
  import("./code/CodePage.tsx").then(
    ({ CodePage }) => render(<CodePage link={coder[1] ?? ""} />, root),
    () =>
      render(
        <Failure
          error={
            new ApiError(0, {
              error: "this page could not be fetched from the server",
              hint: "reload it when the server is back: nothing that was saved is lost",
            })
          }
        />,
        root,
      ),
  );
}
