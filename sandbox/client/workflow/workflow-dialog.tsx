import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Step, StepRun } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { useNow } from '../ui/clock.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { StepField } from './step-input.tsx';
import { missingInputs, runWords, shownValue, toInputs, type Filled } from './step-values.ts';

const noSteps: Step[] = [];
const noRuns: StepRun[] = [];

/** Fills in and runs a workflow of one of the app's steps, and shows how it went: Workflow Builder in small. */
export function WorkflowDialog({ onClose }: { onClose: () => void }) {
  const steps = useSelect((state) => state.snapshot?.steps) ?? noSteps;
  const runs = useSelect((state) => state.snapshot?.runs) ?? noRuns;
  const app = useSelect((state) => state.snapshot?.app.name) ?? '';
  const [chosen, setChosen] = useState(steps[0]?.callbackId);
  const step = steps.find((each) => each.callbackId === chosen);
  const id = useId();
  const footer = (
    <>
      <button type="button" class="button" onClick={onClose}>
        Close
      </button>
      <button type="submit" form={id} class="button primary" disabled={step === undefined}>
        Run
      </button>
    </>
  );
  return (
    <Dialog title="Run a workflow" onClose={onClose} footer={footer}>
      <p class="input-hint">
        A workflow with one step of {app}, as somebody would build it in Slack’s Workflow Builder. In Slack this takes a
        paid plan.
      </p>
      <fieldset class="workflow-steps">
        <legend class="input-label">Step</legend>
        {steps.map((each) => (
          <label key={each.callbackId} class="choice">
            <input
              type="radio"
              name={`${id}-step`}
              checked={each.callbackId === chosen}
              onChange={() => setChosen(each.callbackId)}
            />
            <span>
              {each.title}
              <span class="choice-detail">{each.description}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {step && <StepForm key={step.callbackId} id={id} step={step} />}
      <Runs runs={runs} steps={steps} />
    </Dialog>
  );
}

function StepForm({ id, step }: { id: string; step: Step }) {
  const actions = useActions();
  const [filled, setFilled] = useState<Filled>({});
  const [missing, setMissing] = useState<string[]>([]);
  const [failure, setFailure] = useState<string>();
  const run = async () => {
    const absent = missingInputs(step.inputs, filled).map(({ name }) => name);
    setMissing(absent);
    if (absent.length > 0) return;
    const answer = await actions.send('runStep', {
      callbackId: step.callbackId,
      inputs: toInputs(step.inputs, filled),
    });
    setFailure(answer.ok ? undefined : answer.error);
  };
  return (
    <form
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      {failure !== undefined && (
        <p class="modal-failure" role="alert">
          {failure}
        </p>
      )}
      {step.inputs.map((input, index) => (
        <StepField
          key={input.name}
          step={step}
          input={input}
          filled={filled}
          autofocus={index === 0}
          invalid={missing.includes(input.name)}
          onFill={(given) => {
            setFilled((before) => ({ ...before, [input.name]: given }));
            setMissing((before) => before.filter((name) => name !== input.name));
          }}
        />
      ))}
    </form>
  );
}

function Runs({ runs, steps }: { runs: StepRun[]; steps: Step[] }) {
  const list = useRef<HTMLUListElement>(null);
  const latest = runs[0]?.id;
  const before = useRef(latest);
  useEffect(() => {
    if (before.current !== latest) list.current?.firstElementChild?.scrollIntoView({ block: 'nearest' });
    before.current = latest;
  }, [latest]);
  return (
    <>
      <h3 class="tools-heading" id="workflow-runs">
        Runs
      </h3>
      {runs.length === 0 && <p class="input-hint">Nothing ran yet.</p>}
      <ul ref={list} class="workflow-runs" aria-labelledby="workflow-runs">
        {runs.map((run) => (
          <Run key={run.id} run={run} step={steps.find((each) => each.callbackId === run.callbackId)} />
        ))}
      </ul>
    </>
  );
}

function Run({ run, step }: { run: StepRun; step: Step | undefined }) {
  const people = useSelect((state) => state.snapshot?.people) ?? [];
  const channels = useSelect((state) => state.snapshot?.channels) ?? [];
  const now = useNow(1000);
  const given = (step?.outputs ?? []).filter(({ name }) => run.outputs[name] !== undefined);
  return (
    <li class={`workflow-run ${run.state}`}>
      <p>
        <b>{step?.title ?? run.callbackId}</b>
        <span class="workflow-state" role="status">
          {run.state === 'running' && <Spinner />}
          <span>{runWords(run, now)}</span>
        </span>
      </p>
      {run.state === 'failed' && <p class="workflow-error">{run.error}</p>}
      {given.length > 0 && (
        <dl>
          {given.map(({ name, title }) => (
            <div key={name}>
              <dt>{title}</dt>
              <dd>{shownValue(run.outputs[name], people, channels)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
