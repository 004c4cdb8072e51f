import type { ErrorBody } from "../../src/server/describeError.ts";
import { ApiError } from "../api.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";

/** Why a job was not started or ended: what is wrong, and what to do. */
export function FormError({ body }: { readonly body: ErrorBody }) {
  const { mistakes = [] } = body;
  if (mistakes.length === 0) return <Failure error={new ApiError(0, body)} />;
  return (
    <div class="failure" role="alert">
      <p>
        <strong>The codebook cannot be read as it is.</strong>
      </p>
      <ul>
        {mistakes.map(({ line, column, what, hint: advice }) => (
          <li key={`${line}:${column}:${what}`} dir="auto">
            Line {line}: {what}. <span class="soft">{advice}</span>
          </li>
        ))}
      </ul>
      <p>
        <Link href="/codebook">Go to the codebook</Link>
      </p>
    </div>
  );
}
