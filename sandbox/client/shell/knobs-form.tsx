import { useState } from 'preact/hooks';
import type { Knobs } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';

const off: Knobs = {};

/** Faults on demand, to see how the app behaves when Slack does not. */
export function KnobsForm() {
  const actions = useActions();
  const knobs = useSelect((state) => state.snapshot?.knobs) ?? off;
  const set = (part: Knobs) => void actions.tell('knobs', { knobs: { ...knobs, ...part } });
  return (
    <details class="knobs">
      <summary>Make Slack misbehave</summary>
      <Amount
        label="Delay of every answer (ms)"
        value={knobs.latencyMs ?? 0}
        max={10_000}
        onSet={(latencyMs) => set({ latencyMs })}
      />
      <Amount
        label="Rate-limit the next calls"
        value={knobs.rateLimitNext?.calls ?? 0}
        max={100}
        onSet={(calls) => set({ rateLimitNext: { calls, retryAfter: 2 } })}
      />
      <Amount
        label="Fail the next calls"
        value={knobs.failNext?.calls ?? 0}
        max={100}
        onSet={(calls) => set({ failNext: { calls } })}
      />
      <Amount
        label="Cut the next calls after their work"
        value={knobs.cutNext?.calls ?? 0}
        max={100}
        onSet={(calls) => set({ cutNext: { calls } })}
      />
      <Amount
        label="Deliver events again (times)"
        value={knobs.duplicateEvents ?? 0}
        max={5}
        onSet={(duplicateEvents) => set({ duplicateEvents })}
      />
      <label class="choice">
        <input
          type="checkbox"
          checked={knobs.rateLimits === true}
          onChange={() => set({ rateLimits: knobs.rateLimits !== true })}
        />
        <span>Enforce Slack's published rate limits</span>
      </label>
      <button type="button" class="button" onClick={() => void actions.tell('knobs', { knobs: {} })}>
        Everything off
      </button>
    </details>
  );
}

function Amount({
  label,
  value,
  max,
  onSet,
}: {
  label: string;
  value: number;
  max: number;
  onSet: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string>();
  return (
    <label class="amount">
      <span>{label}</span>
      <input
        type="number"
        class="text-input small"
        min={0}
        max={max}
        value={typed ?? String(value)}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => {
          setTyped(undefined);
          onSet(Math.max(0, Math.min(max, Number(event.currentTarget.value) || 0)));
        }}
      />
    </label>
  );
}
