/** What the benchmark prints: tables, and each aim with whether it holds. */
import { cpus, totalmem } from 'node:os';

/** Of durations in milliseconds. */
export type Summary = { count: number; min: number; median: number; p95: number };

export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { count: sorted.length, min: at(0), median: at(0.5), p95: at(0.95) };
}

type Aim = { what: string; measured: number; limit: number; unit: string };

export type Report = {
  line: (text?: string) => void;
  heading: (text: string) => void;
  /** Rows of cells; the first row is the head. Columns of numbers stand to the right. */
  table: (rows: readonly (readonly (string | number)[])[]) => void;
  aim: (aim: Aim) => void;
  /** Every aim met so far, each on its line. */
  aims: () => void;
};

const cell = (value: string | number): string =>
  typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : value.toFixed(1);

export function openReport(write: (text: string) => void): Report {
  const aims: Aim[] = [];
  const line = (text = '') => write(`${text}\n`);
  const table: Report['table'] = (rows) => {
    const [head = []] = rows;
    const widths = head.map((_, column) => Math.max(...rows.map((row) => cell(row[column] ?? '').length)));
    const isNumeric = (column: number) => rows.some((row) => typeof row[column] === 'number');
    for (const row of rows) {
      const cells = row.map((value, column) => {
        const width = widths[column] ?? 0;
        return isNumeric(column) ? cell(value).padStart(width) : cell(value).padEnd(width);
      });
      line(`  ${cells.join('  ').trimEnd()}`);
    }
  };
  return {
    line,
    heading: (text) => line(`\n${text}`),
    table,
    aim: (aim) => aims.push(aim),
    aims: () =>
      table([
        ['Aim', 'measured', 'at most', 'holds'],
        ...aims.map(({ what, measured, limit, unit }) => [
          what,
          `${cell(measured)} ${unit}`,
          `${limit} ${unit}`,
          measured <= limit ? 'yes' : 'NO',
        ]),
      ]),
  };
}

/** One line about the machine the figures are of. */
export function machine(database: string): string {
  const cores = cpus();
  const model = cores[0]?.model.trim() ?? 'unknown processor';
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  return `${model}, ${cores.length} cores, ${memory}; ${process.platform}, Node ${process.versions.node}; ${database}`;
}
