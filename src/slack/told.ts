/** What a door throws when something failed after it had, or could have, answered the person itself. */
import type { Reply } from './reply.ts';

/** The person has read of it where they acted; the cause is for the log. */
export class Told extends Error {
  constructor(cause: unknown) {
    super('Something failed; the person was told.', { cause });
  }
}

/** What somebody did worked, but its answer did not reach the place where they acted: they read it in a direct message. */
export class Unsaid extends Error {
  readonly said: Reply;

  constructor(said: Reply, cause: unknown) {
    super('An answer did not reach its place.', { cause });
    this.said = said;
  }
}

/** Shows an answer in its place; what fails there is said by direct message. @throws Unsaid */
export async function saying(said: Reply, show: () => Promise<unknown>): Promise<void> {
  try {
    await show();
  } catch (error) {
    throw new Unsaid(said, error);
  }
}
