import { CodebookError, type CodebookMistake } from "../codebook/codebookError.ts";
import type { CodebookWarning } from "../codebook/codebookWarning.ts";
import { lintCodebook } from "../codebook/lintCodebook.ts";
import type { ParsedCodebook } from "../codebook/parsedCodebook.ts";
import { checkPhraseLengths } from "../codebook/phraseLength.ts";
import { loadEncoder } from "../model/loadEncoder.ts";
import type { Encoder } from "../model/openEncoder.ts";
import { loadCodebook } from "../pipeline/loadCodebook.ts";
import { startDownloadLine } from "./downloadLine.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** How a model counts tokens, for checking that it reads every phrase to its end. */
export interface TokenCounter {
  readonly modelName: string;
  /** Tokens of a text, special tokens included. */
  readonly countTokens: (text: string) => number;
  /** Most tokens that the model reads, special tokens included. */
  readonly contextLength: number;
}

/** Settings of `runCheck`. */
export interface CheckOptions {
  readonly json?: boolean;
  readonly scoring?: "max" | "sum" | "mean";
  /** Called once the codebook is known to be sound; left out, lengths are not checked, and the closing line says so. */
  readonly openTokenCounter?: () => Promise<TokenCounter>;
}

/**
 * `clipbook check FILE`: warnings and counts on stdout, or one JSON object with `--json`, mistakes included.
 * @throws CodebookError with every mistake; UserError for a file that cannot be read
 */
export async function runCheck(
  file: string,
  options: CheckOptions,
  terminal: Pick<Terminal, "stdout">,
): Promise<void> {
  const { json, scoring, openTokenCounter } = options;
  try {
    const parsed = await loadCodebook(file);
    const tokenCounter = await openTokenCounter?.();
    if (tokenCounter !== undefined) requireReadablePhrases(parsed, tokenCounter);
    const warnings = lintCodebook(parsed, scoring === undefined ? {} : { scoring });
    const text = json
      ? describeAsJson(file, parsed, [], warnings, tokenCounter)
      : describe(parsed, warnings, tokenCounter);
    terminal.stdout(text);
  } catch (error) {
    if (json && error instanceof CodebookError) {
      terminal.stdout(describeAsJson(file, undefined, error.mistakes, [], undefined));
    }
    throw error;
  }
}

/**
 * `clipbook check FILE --model NAME`: the model's tokenizer counts the phrases' tokens; its towers stay closed.
 * @throws as `runCheck`, and UserError for a model that cannot be loaded
 */
export async function checkCodebook(
  file: string,
  options: Omit<CheckOptions, "openTokenCounter"> & { readonly model?: string },
  terminal: Terminal,
): Promise<void> {
  const { model, ...rest } = options;
  if (model === undefined) return runCheck(file, rest, terminal);
  await using opened = new AsyncDisposableStack();
  const openTokenCounter = async (): Promise<TokenCounter> => {
    const encoder = await openModel(model, terminal);
    opened.defer(() => encoder.close());
    const { name: modelName, countTokens, contextLength } = encoder;
    return { modelName, countTokens, contextLength };
  };
  await runCheck(file, { ...rest, openTokenCounter }, terminal);
}

async function openModel(model: string, terminal: Terminal): Promise<Encoder> {
  const { signal, environment } = terminal;
  const download = startDownloadLine(terminal);
  return loadEncoder(model, { signal, environment, onProgress: download.onProgress }).finally(download.clear);
}

function requireReadablePhrases(parsed: ParsedCodebook, { countTokens, contextLength }: TokenCounter): void {
  const mistakes = checkPhraseLengths(parsed, countTokens, contextLength);
  if (mistakes.length > 0) throw new CodebookError(parsed.file, mistakes);
}

function describe(
  { file, codebook }: ParsedCodebook,
  warnings: readonly CodebookWarning[],
  tokenCounter: TokenCounter | undefined,
): string {
  const lines = warnings.map(
    ({ line, column, what, hint }) =>
      `${printable(file)}:${line}:${column}: warning: ${what}\n  hint: ${hint}\n`,
  );
  const phrases = codebook.categories.reduce((sum, category) => sum + category.phrases.length, 0);
  const counts = [
    countOf(codebook.categories.length, "category", "categories"),
    countOf(phrases, "phrase", "phrases"),
    countOf(warnings.length, "warning", "warnings"),
  ];
  const lengths =
    tokenCounter === undefined
      ? "phrase lengths not checked (name a model with --model)"
      : `every phrase fits ${tokenCounter.modelName}'s ${tokenCounter.contextLength} tokens`;
  return `${lines.join("")}${printable(file)}: ${counts.join(", ")}; ${lengths}\n`;
}

function countOf(count: number, one: string, many: string): string {
  return `${count === 0 ? "no" : count} ${count === 1 ? one : many}`;
}

function describeAsJson(
  file: string,
  parsed: ParsedCodebook | undefined,
  mistakes: readonly CodebookMistake[],
  warnings: readonly CodebookWarning[],
  tokenCounter: TokenCounter | undefined,
): string {
  const model = tokenCounter && { name: tokenCounter.modelName, contextLength: tokenCounter.contextLength };
  const outcome = {
    file,
    valid: mistakes.length === 0,
    model,
    codebook: parsed?.codebook,
    mistakes,
    warnings,
  };
  return `${JSON.stringify(outcome, undefined, 2)}\n`;
}
