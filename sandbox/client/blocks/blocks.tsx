import { useId } from 'preact/hooks';
import type { Block } from '../../protocol.ts';
import type { Container } from '../../requests.ts';
import { Text } from '../text/rich-text.tsx';
import { Icon } from '../ui/icon.tsx';
import { ElementView } from './element.tsx';
import { isElement, kitBlocks, type KitBlock } from './kit.ts';
import { SurfaceProvider, useSurface } from './surface.tsx';

type Drawn = KitBlock & { block_id: string };

/** Block Kit on one surface: a message, a modal or Home. */
export function Blocks({ blocks, container, formKey }: { blocks: Block[]; container: Container; formKey: string }) {
  return (
    <SurfaceProvider container={container} formKey={formKey} blocks={blocks}>
      <div class="blocks">
        {kitBlocks(blocks).map((block) => (
          <BlockView key={block.block_id} block={block} />
        ))}
      </div>
    </SurfaceProvider>
  );
}

function BlockView({ block }: { block: Drawn }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'context':
      return <ContextBlock block={block} />;
    case 'actions':
      return <Actions block={block} />;
    case 'header':
      return <h3 class="block-header">{block.text && <Text text={block.text} />}</h3>;
    case 'divider':
      return <hr class="block-divider" />;
    case 'image':
      return <ImageBlock block={block} />;
    case 'input':
      return <Input block={block} />;
    default:
      return <p class="block-unsupported">Unsupported block: {block.type}</p>;
  }
}

function Failure({ block }: { block: Drawn }) {
  const failure = useSurface().failures[block.block_id];
  if (failure === undefined) return null;
  return (
    <p class="field-error" role="alert">
      <Icon name="warning" size={16} /> {failure}
    </p>
  );
}

function Section({ block }: { block: Drawn }) {
  const id = useId();
  return (
    <div class="block-section">
      <div class="section-row">
        <div class="section-words">
          {block.text && (
            <div id={id}>
              <Text text={block.text} />
            </div>
          )}
          {block.fields && (
            <div class="section-fields">
              {block.fields.map((field, index) => (
                <div key={index}>
                  <Text text={field} />
                </div>
              ))}
            </div>
          )}
        </div>
        {block.accessory && (
          <div class="section-accessory">
            <ElementView element={block.accessory} blockId={block.block_id} labelledBy={id} dispatches />
          </div>
        )}
      </div>
      <Failure block={block} />
    </div>
  );
}

function ContextBlock({ block }: { block: Drawn }) {
  return (
    <div class="block-context">
      {(block.elements ?? []).map((item, index) =>
        isElement(item) ? (
          <img key={index} src={item.image_url ?? ''} alt={item.alt_text ?? ''} class="context-image" />
        ) : (
          <Text key={index} text={item} />
        ),
      )}
    </div>
  );
}

function Actions({ block }: { block: Drawn }) {
  return (
    <div class="block-actions">
      <div class="actions-row">
        {(block.elements ?? []).filter(isElement).map((element, index) => (
          <ElementView key={element.action_id ?? index} element={element} blockId={block.block_id} dispatches />
        ))}
      </div>
      <Failure block={block} />
    </div>
  );
}

function ImageBlock({ block }: { block: Drawn }) {
  return (
    <figure class="block-image">
      {block.title && (
        <figcaption>
          <Text text={block.title} />
        </figcaption>
      )}
      <img src={block.image_url ?? ''} alt={block.alt_text ?? ''} />
    </figure>
  );
}

function Input({ block }: { block: Drawn }) {
  const id = useId();
  const error = useSurface().errors[block.block_id];
  const element = block.element;
  if (!element) return <p class="block-unsupported">Unsupported block: input</p>;
  const described = [error === undefined ? '' : `${id}-error`, block.hint ? `${id}-hint` : ''].join(' ').trim();
  return (
    <div class={error === undefined ? 'block-input' : 'block-input invalid'}>
      <div class="input-label">
        <span id={id}>{block.label && <Text text={block.label} />}</span>
        {block.optional === true && <span class="input-optional"> (optional)</span>}
      </div>
      <ElementView
        element={element}
        blockId={block.block_id}
        labelledBy={id}
        describedBy={described}
        dispatches={block.dispatch_action === true}
      />
      {error !== undefined && (
        <p class="field-error" role="alert" id={`${id}-error`}>
          <Icon name="warning" size={16} /> {error}
        </p>
      )}
      {block.hint && (
        <p class="input-hint" id={`${id}-hint`}>
          <Text text={block.hint} />
        </p>
      )}
    </div>
  );
}
