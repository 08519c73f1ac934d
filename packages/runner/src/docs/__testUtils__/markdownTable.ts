/** Formats a table like Prettier: every column is as wide as its widest cell. */
export function markdownTable(head: string[], rows: string[][]): string {
  const widths = head.map((_title, column) =>
    Math.max(3, ...[head, ...rows].map(row => row[column].length)),
  );
  const line = (cells: string[]) =>
    `| ${cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join(' | ')} |`;
  return [
    line(head),
    line(widths.map(width => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
}
