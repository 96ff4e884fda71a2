import { useEffect, useRef, useState } from 'preact/hooks';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { plainWords } from '../text/rich-text.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { ConfirmAsk } from './buttons.tsx';
import type { ElementProps } from './element.tsx';
import type { Element, Option, OptionGroup } from './kit.ts';
import {
  channelRows,
  chosenRows,
  matchingRows,
  optionRows,
  personRows,
  rowsToValue,
  selectKind,
  type Row,
} from './select-model.ts';
import { useControl, useSurface } from './surface.tsx';

const debounceMs = 200;
const noRows: Row[] = [];

/** A select menu of any kind: type to search, arrows to move, Enter to choose. */
export function Select({ element, blockId, labelledBy, describedBy, dispatches }: ElementProps) {
  const { value, change, busy, invalid } = useControl(blockId, element, dispatches);
  const { kind, many } = selectKind(element.type);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<Row[]>();
  const known = useKnownRows(element);
  const external = useExternalRows(element, blockId, typed, kind === 'external' && open);
  const chosen = chosenRows(element.type, value, known);
  const rows = kind === 'external' ? external.rows : matchingRows(known, typed);
  const choose = (next: Row[]) => {
    const limited = many ? next.slice(0, element.max_selected_items ?? Number.POSITIVE_INFINITY) : next;
    if (element.confirm && dispatches) setAsked(limited);
    else change(rowsToValue(element.type, limited));
  };
  return (
    <>
      <Combobox
        rows={rows}
        chosen={chosen}
        many={many}
        typed={typed}
        open={open}
        loading={external.loading}
        busy={busy}
        invalid={invalid}
        empty={
          external.failure ??
          (kind === 'external' && typed.length < minimum(element)
            ? `Type at least ${minimum(element)} characters`
            : 'No results')
        }
        placeholder={plainWords(element.placeholder) || (many ? 'Select options' : 'Select an option')}
        labelledBy={labelledBy}
        describedBy={describedBy}
        autofocus={element.focus_on_load === true}
        onType={setTyped}
        onOpen={setOpen}
        onChoose={choose}
      />
      {asked && element.confirm && (
        <ConfirmAsk
          confirm={element.confirm}
          onNo={() => setAsked(undefined)}
          onYes={() => {
            setAsked(undefined);
            change(rowsToValue(element.type, asked));
          }}
        />
      )}
    </>
  );
}

/** Slack asks an external source from the third character on, unless the element says otherwise. */
function minimum(element: Element): number {
  return element.min_query_length ?? 3;
}

function useKnownRows(element: Element): Row[] {
  const people = useSelect((state) => state.snapshot?.people) ?? [];
  const channels = useSelect((state) => state.snapshot?.channels) ?? [];
  switch (selectKind(element.type).kind) {
    case 'users':
      return personRows(people);
    case 'channels':
    case 'conversations':
      return channelRows(channels, people, element);
    case 'static':
      return optionRows(element);
    case 'external':
      return noRows;
  }
}

function useExternalRows(element: Element, blockId: string, typed: string, active: boolean) {
  const actions = useActions();
  const { container } = useSurface();
  const [rows, setRows] = useState(noRows);
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<string>();
  const latest = useRef(0);
  useEffect(() => {
    if (!active || typed.length < minimum(element)) {
      setRows(noRows);
      return undefined;
    }
    setLoading(true);
    const load = async () => {
      latest.current += 1;
      const mine = latest.current;
      const actionId = element.action_id ?? '';
      const answer = await actions.send('options', { container, blockId, actionId, value: typed });
      if (mine !== latest.current) return;
      setLoading(false);
      setFailure(answer.ok ? undefined : answer.error);
      setRows(answer.ok ? optionRows(offered(answer)) : noRows);
    };
    const timer = setTimeout(() => void load(), typed === '' ? 0 : debounceMs);
    return () => clearTimeout(timer);
  }, [active, typed, element.action_id, blockId]);
  return { rows, loading, failure };
}

type Offered = { options?: Option[]; option_groups?: OptionGroup[] };

function offered(answer: object): Offered {
  return answer;
}
