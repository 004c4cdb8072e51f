/** Text made of what CSV readers stumble over; well-formed, so that UTF-8 can hold it. */
export function randomText(random: () => number): string {
  const pieces = [
    ...[
      '"',
      '""',
      ",",
      ";",
      "\t",
      "\n",
      "\r\n",
      "\n\n",
      "\0",
      "'",
      "\\",
      "|",
      " ",
      "=1+1",
      "-",
      "@x",
      "é",
      "😀",
      "日本",
    ],
    ...["\ufeff", "\u2028", "0", "007", "1234567890123456789", "1e5", "NULL", "a.jpg", "x", "𝄞"],
  ];
  const length = Math.floor(random() * 5);
  return Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join("");
}

/** Rows of such text. */
export function randomCells(random: () => number, rowCount: number, columnCount: number): string[][] {
  return Array.from({ length: rowCount }, () =>
    Array.from({ length: columnCount }, () => randomText(random)),
  );
}
