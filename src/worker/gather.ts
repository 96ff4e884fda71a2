/** What comes at about the same moment is done together: one commit instead of several. */

/** Waits no longer than this for company. */
const LINGER_MS = 5;

type Waiting<One, Answer> = { one: One; answered: (answer: Answer) => void; failed: (error: unknown) => void };

/**
 * @param together does all at once, and answers what each is answered
 * @returns does one, with those that come while it waits, or while those before are being done
 */
export function gathering<One, Answer>(
  together: (all: readonly One[]) => Promise<(one: One) => Answer>,
): (one: One) => Promise<Answer> {
  let waiting: Waiting<One, Answer>[] = [];
  let isUnderWay = false;

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const all = waiting;
      waiting = [];
      try {
        const answerOf = await together(all.map(({ one }) => one));
        for (const { one, answered } of all) answered(answerOf(one));
      } catch (error) {
        for (const { failed } of all) failed(error);
      }
    }
    isUnderWay = false;
  };

  return (one) =>
    new Promise((answered, failed) => {
      waiting.push({ one, answered, failed });
      if (isUnderWay) return;
      isUnderWay = true;
      setTimeout(() => void run(), LINGER_MS);
    });
}
