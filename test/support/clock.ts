/** A clock that stands still until a test moves it. Code under test gets `clock.now`. */
export type Clock = {
  now: () => Date;
  /** moves forward; parts add up: `advance({ minutes: 4, seconds: 59 })` */
  advance: (by: Span) => void;
  set: (iso: string) => void;
};

type Span = { days?: number; hours?: number; minutes?: number; seconds?: number; milliseconds?: number };

/** A Monday morning, so that nothing depends on a weekend unless a test says so. */
const START = '2026-03-02T09:00:00.000Z';

export function makeClock(start: string = START): Clock {
  let at = parse(start);
  return {
    now: () => new Date(at),
    advance: (by) => {
      at += milliseconds(by);
    },
    set: (iso) => {
      at = parse(iso);
    },
  };
}

function parse(iso: string): number {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw new Error(`not a time: ${iso}`);
  return at;
}

function milliseconds({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds: ms = 0 }: Span): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms;
}
