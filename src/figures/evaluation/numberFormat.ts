import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** How the parts of an evaluation write numbers: the page in English, the screen as the reader's browser does. */
export interface NumberFormat {
  /** `14,200` */
  readonly count: (count: number) => string;
  /** A share 0..1 with one decimal: `29.0%`. */
  readonly percent: (share: number) => string;
  /** A coefficient or a score, -1..1, with two decimals. */
  readonly score: (value: number) => string;
  /** An ISO 8601 time as a day. */
  readonly day: (iso: string) => string;
}

const NumberFormatContext = createContext<NumberFormat | undefined>(undefined);

/** Gives the format to all parts below it. */
export const NumberFormatProvider = NumberFormatContext.Provider;

/** The format of the page or screen around. @throws RangeError outside of a `NumberFormatProvider` */
export function useNumberFormat(): NumberFormat {
  const format = useContext(NumberFormatContext);
  if (format === undefined) throw new RangeError("no NumberFormatProvider is around this part");
  return format;
}
