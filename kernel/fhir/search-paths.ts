/**
 * Search parameter expressions, compiled. The R4 definitions use a small part of FHIRPath: element paths, `ofType`,
 * `as`, `where(resolve() is T)`, `where(field='value')`, an index and unions. Compiled to plain property reads they run
 * about two orders of magnitude faster than through an interpreter, which is what makes indexing on write affordable.
 */

/** Adds every value found under `root` to `out`. */
export type ValueReader = (root: unknown, out: unknown[]) => void;

type Step =
  | { readonly kind: 'field'; readonly name: string; readonly choice: boolean }
  | { readonly kind: 'resolves'; readonly type: string }
  | { readonly kind: 'where'; readonly field: string; readonly value: string }
  | { readonly kind: 'index'; readonly at: number };

type Node = Readonly<Record<string, unknown>>;

/** Elements of R4 that are a choice of types: `value[x]` is stored as `valueQuantity`, `valueString`, … */
const CHOICES = new Set(
  `abatement additive age allowed amount answer asNeeded author born bounds characteristic chargeItem code collected
  content created date deceased defaultValue definingSubstance definition detail diagnosis dose doseNumber due duration
  effective entity event example fastingStatus fixed identified indication instances item legallyBinding location
  manufacturer maxValue medication minValue minimumVolume module multipleBirth name occurred occurrence offset onset
  participantEffective pattern performed probability procedure product quantity rate reported scheduled seriesDoses
  serviced source start statusReason studyEffective subject substance target time timing topic used value when`.split(
    /\s+/,
  ),
);

/**
 * Compiles an expression for one resource type (or, with `relative`, for a composite's component).
 *
 * @returns undefined when no branch of the expression concerns the type.
 * @throws Error naming the expression when it uses a construct outside the supported part.
 */
export function compilePath(expression: string, resourceType: string, relative = false): ValueReader | undefined {
  const readers: ValueReader[] = [];
  for (const branch of splitUnion(expression)) {
    const bare = stripParentheses(branch);
    const deceased = /^(\w+)\.deceased\.exists\(\) and \1\.deceased != false$/.exec(bare);
    if (deceased) {
      if (deceased[1] === resourceType) {
        readers.push(readDeceased);
      }
      continue;
    }
    const steps = parseSteps(bare, expression);
    const first = steps[0];
    if (relative || (first?.kind === 'field' && /^[a-z]/.test(first.name))) {
      // R4 writes one or two of its own without naming the type.
      readers.push(walker(steps));
    } else if (
      first?.kind === 'field' &&
      (first.name === resourceType || first.name === 'Resource' || first.name === 'DomainResource')
    ) {
      readers.push(walker(steps.slice(1)));
    }
  }
  if (readers.length === 0) {
    return undefined;
  }
  return readers.length === 1
    ? readers[0]
    : (root, out) => {
        for (const reader of readers) {
          reader(root, out);
        }
      };
}

function splitUnion(expression: string): string[] {
  const branches: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < expression.length; i++) {
    const character = expression[i];
    if (character === '(') {
      depth++;
    } else if (character === ')') {
      depth--;
    } else if (character === '|' && depth === 0) {
      branches.push(expression.slice(start, i));
      start = i + 1;
    }
  }
  branches.push(expression.slice(start));
  return branches.map((branch) => branch.trim()).filter((branch) => branch !== '');
}

/** `(A.b.ofType(C)).text` → `A.b.ofType(C).text`; the grouping of these expressions never changes their meaning. */
function stripParentheses(branch: string): string {
  let text = branch;
  while (text.startsWith('(')) {
    let depth = 0;
    let close = 0;
    for (let i = 0; i < text.length; i++) {
      depth += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
      if (depth === 0) {
        close = i;
        break;
      }
    }
    text = (text.slice(1, close) + text.slice(close + 1)).trim();
  }
  return text;
}

const STEP =
  /^\.?(?:where\(resolve\(\) is (\w+)\)|where\((\w+)\s*=\s*'([^']*)'\)|(?:ofType|as)\((\w+)\)|\[(\d+)\]|(%?\w+))|^ as (\w+)/;

function parseSteps(text: string, expression: string): Step[] {
  const steps: Step[] = [];
  let rest = text;
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (!match) {
      throw new Error(`Search expression not supported: ${expression}`);
    }
    rest = rest.slice(match[0].length);
    const [, resolves, field, value, ofType, at, name, asType] = match;
    const type = ofType ?? asType;
    if (resolves) {
      steps.push({ kind: 'resolves', type: resolves });
    } else if (field) {
      steps.push({ kind: 'where', field, value: value ?? '' });
    } else if (type) {
      const last = steps.at(-1);
      if (last?.kind !== 'field') {
        throw new Error(`Search expression not supported: ${expression}`);
      }
      const typeName = type === 'DateTime' ? 'dateTime' : type;
      steps[steps.length - 1] = {
        kind: 'field',
        name: last.name + typeName[0]!.toUpperCase() + typeName.slice(1),
        choice: false,
      };
    } else if (at !== undefined) {
      steps.push({ kind: 'index', at: Number(at) });
    } else if (name) {
      steps.push({ kind: 'field', name, choice: CHOICES.has(name) });
    }
  }
  return steps;
}

function walker(steps: readonly Step[]): ValueReader {
  const walk = (value: unknown, position: number, out: unknown[]): void => {
    if (value === undefined || value === null) {
      return;
    }
    const step = steps[position];
    if (step?.kind === 'index') {
      walk(Array.isArray(value) ? value[step.at] : step.at === 0 ? value : undefined, position + 1, out);
      return;
    }
    if (Array.isArray(value)) {
      for (const item of value) {
        walk(item, position, out);
      }
      return;
    }
    if (!step) {
      out.push(value);
      return;
    }
    if (step.kind === 'resolves') {
      if (refersTo(value, step.type)) {
        walk(value, position + 1, out);
      }
      return;
    }
    if (typeof value !== 'object') {
      return;
    }
    const node = value as Node;
    if (step.kind === 'where') {
      if (node[step.field] === step.value) {
        walk(value, position + 1, out);
      }
      return;
    }
    const direct = node[step.name];
    if (direct !== undefined) {
      walk(direct, position + 1, out);
    } else if (step.choice) {
      walk(readChoice(node, step.name), position + 1, out);
    }
  };
  return (root, out) => walk(root, 0, out);
}

function readChoice(node: Node, name: string): unknown {
  for (const key in node) {
    if (key.length > name.length && key.startsWith(name)) {
      const unit = key.charCodeAt(name.length);
      if (unit >= 65 && unit <= 90) {
        return node[key];
      }
    }
  }
  return undefined;
}

function refersTo(value: unknown, type: string): boolean {
  if (typeof value === 'string') {
    return value.startsWith(`${type}/`) || value.includes(`/${type}/`);
  }
  const node = value as { reference?: unknown; type?: unknown };
  if (typeof node.reference === 'string') {
    return node.reference.startsWith(`${type}/`) || node.reference.includes(`/${type}/`) || node.type === type;
  }
  return node.type === type;
}

function readDeceased(root: unknown, out: unknown[]): void {
  const { deceasedBoolean, deceasedDateTime } = root as { deceasedBoolean?: boolean; deceasedDateTime?: string };
  out.push(deceasedDateTime !== undefined || deceasedBoolean === true);
}
