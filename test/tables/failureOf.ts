import { UserError } from "../../src/errors.ts";

/** The UserError that an action ends with; any other end fails the test. */
export async function failureOf(action: () => Promise<unknown>): Promise<UserError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("the action succeeded");
}
