import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Step, StepInput } from '../../protocol.ts';
import type { Option } from '../blocks/kit.ts';
import { channelRows, matchingRows, optionRows, personRows, type Row } from '../blocks/select-model.ts';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { isNumber, toInputs, type Filled } from './step-values.ts';

const debounceMs = 200;

type Props = {
  step: Step;
  input: StepInput;
  filled: Filled;
  autofocus: boolean;
  invalid: boolean;
  onFill: (given: Filled[string]) => void;
};

/** One input of a step, drawn by its type. */
export function StepField(props: Props) {
  const { input, invalid } = props;
  const id = useId();
  const isList = input.offered || input.type.endsWith('/user_id') || input.type.endsWith('/channel_id');
  return (
    <div class={invalid ? 'block-input invalid' : 'block-input'}>
      <label class="input-label" id={`${id}-label`} for={isList ? undefined : id}>
        {input.title}
        {!input.required && <span class="input-optional"> (optional)</span>}
      </label>
      {isList ? (
        <ChosenFrom {...props} labelledBy={`${id}-label`} describedBy={`${id}-hint`} />
      ) : (
        <Typed {...props} id={id} describedBy={`${id}-hint`} />
      )}
      {invalid && (
        <p class="field-error" role="alert">
          Please complete this required field.
        </p>
      )}
      <p class="input-hint" id={`${id}-hint`}>
        {input.description}
      </p>
    </div>
  );
}

function Typed({ input, filled, autofocus, onFill, id, describedBy }: Props & { id: string; describedBy: string }) {
  const given = filled[input.name];
  if (input.type === 'boolean') {
    return <input id={id} type="checkbox" checked={given === true} onChange={() => onFill(given !== true)} />;
  }
  const common = {
    id,
    class: 'text-input',
    'aria-describedby': describedBy,
    'data-autofocus': autofocus || undefined,
    value: typeof given === 'string' ? given : '',
    onInput: (event: { currentTarget: HTMLInputElement }) => onFill(event.currentTarget.value),
  };
  if (isNumber(input.type))
    return <input {...common} type="number" min={0} step={input.type === 'integer' ? 1 : 'any'} />;
  return <input {...common} type="text" />;
}

function ChosenFrom(props: Props & { labelledBy: string; describedBy: string }) {
  const { input, filled, autofocus, invalid, onFill } = props;
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const offered = useOffered(props, typed, open);
  const known = useKnown(input.type);
  const given = filled[input.name];
  return (
    <Combobox
      rows={input.offered ? offered.rows : matchingRows(known, typed)}
      chosen={Array.isArray(given) ? given : []}
      many={input.type === 'array'}
      typed={typed}
      open={open}
      loading={offered.loading}
      busy={false}
      invalid={invalid}
      empty={offered.failure ?? 'No results'}
      placeholder={input.type === 'array' ? 'Select options' : 'Select an option'}
      labelledBy={props.labelledBy}
      describedBy={props.describedBy}
      autofocus={autofocus}
      onType={setTyped}
      onOpen={setOpen}
      onChoose={onFill}
    />
  );
}

function useKnown(type: string): Row[] {
  const people = useSelect((state) => state.snapshot?.people) ?? [];
  const channels = useSelect((state) => state.snapshot?.channels) ?? [];
  if (type.endsWith('/user_id')) return personRows(people);
  return channelRows(channels, people, {
    type: 'conversations_select',
    filter: { include: ['public', 'private', 'im'] },
  });
}

/** What the app offers for this input, asked anew for everything typed. */
function useOffered({ step, input, filled }: Props, typed: string, open: boolean) {
  const actions = useActions();
  const [rows, setRows] = useState<Row[]>([]);
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<string>();
  const latest = useRef(0);
  useEffect(() => {
    if (!input.offered || !open) return undefined;
    setLoading(true);
    const load = async () => {
      latest.current += 1;
      const mine = latest.current;
      const { callbackId, inputs } = step;
      const asked = { callbackId, input: input.name, query: typed, inputs: toInputs(inputs, filled) };
      const answer = await actions.send('stepOptions', asked);
      if (mine !== latest.current) return;
      setLoading(false);
      setFailure(answer.ok ? undefined : answer.error);
      setRows(answer.ok ? optionRows(offeredBy(answer)) : []);
    };
    const timer = setTimeout(() => void load(), typed === '' ? 0 : debounceMs);
    return () => clearTimeout(timer);
  }, [open, typed, input.name, step.callbackId]);
  return { rows, loading, failure };
}

function offeredBy(answer: object): { options?: Option[] } {
  return answer;
}
