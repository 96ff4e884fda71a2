/** Events are stored before they are acknowledged: Bolt itself acknowledges them before any listener runs. */
import type { App, Receiver, ReceiverEvent, StringIndexed } from '@slack/bolt';
import { z } from 'zod';

const Event = z.object({ type: z.literal('event_callback'), event_id: z.string().min(1).max(64) });

type Storing = {
  /** Stores an event under its id; resolves once it is durable. Seeing the same one again changes nothing. */
  keep: (eventId: string, body: StringIndexed) => Promise<void>;
  /** Something was received and worked on. */
  done: () => void;
  /** What Slack waits for, and asks again if it does not come. */
  isAnsweredAtOnce: (body: StringIndexed) => boolean;
};

export type StoringReceiver = Receiver & {
  /** Resolves when nothing that was received is still being worked on. */
  settled(): Promise<void>;
};

type Receiving = Pick<Storing, 'keep' | 'isAnsweredAtOnce'>;

/** A token that comes with an event is good for minutes, and no secret is stored. */
function withoutToken(body: StringIndexed): StringIndexed {
  const { bot_access_token: _token, ...event } = z.looseObject({}).catch({}).parse(body['event']);
  return { ...body, event };
}

async function receive(app: App, { keep, isAnsweredAtOnce }: Receiving, event: ReceiverEvent): Promise<void> {
  const parsed = Event.safeParse(event.body);
  if (!parsed.success || isAnsweredAtOnce(event.body)) return app.processEvent(event);
  await keep(parsed.data.event_id, withoutToken(event.body));
  await event.ack();
}

/**
 * The receiver as it is, but what the Events API sends goes to the inbox instead of to the listeners; the inbox worker hands it to them.
 * When storing fails nothing is acknowledged, and Slack sends the event again.
 */
export function storing(receiver: Receiver, { keep, done, isAnsweredAtOnce }: Storing): StoringReceiver {
  const underWay = new Set<Promise<void>>();
  const track = (app: App) => async (event: ReceiverEvent) => {
    const work = receive(app, { keep, isAnsweredAtOnce }, event);
    underWay.add(work);
    try {
      await work;
    } finally {
      underWay.delete(work);
      done();
    }
  };
  return {
    init: (app) => {
      // A receiver only ever calls `processEvent` of the app it is given.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      receiver.init({ processEvent: track(app) } as App);
    },
    start: (...args: unknown[]) => receiver.start(...args),
    stop: (...args: unknown[]) => receiver.stop(...args),
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
