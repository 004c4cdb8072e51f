import { ApiError } from "../api.ts";

/** An error, where what was asked for should be: what is wrong, and what to do. */
export function Failure({ error }: { readonly error: Error }) {
  const hint = error instanceof ApiError ? error.body.hint : undefined;
  return (
    <div class="failure" role="alert">
      <p>
        <strong dir="auto">{error.message}</strong>
      </p>
      {hint !== undefined && <p dir="auto">{hint}</p>}
    </div>
  );
}
