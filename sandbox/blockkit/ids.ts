/** Slack names every block and every interactive element the app left nameless; state and actions need the names. */
import { isObject, type Json } from './schema.ts';
import { kindOf } from './state.ts';

/** The same blocks, each with a block_id and each interactive element with an action_id; `newId` must not repeat itself. */
export function withIds(blocks: readonly Json[], newId: () => string): Json[] {
  return blocks.map((block) => {
    const { accessory, element, elements } = block;
    const type = block['type'];
    return {
      ...block,
      block_id: block['block_id'] ?? newId(),
      ...(type === 'section' && isObject(accessory) ? { accessory: named(accessory, newId) } : {}),
      ...(type === 'input' && isObject(element) ? { element: named(element, newId) } : {}),
      ...(type === 'actions' && Array.isArray(elements)
        ? { elements: elements.map((entry: unknown) => (isObject(entry) ? named(entry, newId) : entry)) }
        : {}),
    };
  });
}

function named(element: Json, newId: () => string): Json {
  const usable = ['button', 'overflow'].includes(String(element['type'])) || kindOf(element);
  return usable ? { ...element, action_id: element['action_id'] ?? newId() } : element;
}
