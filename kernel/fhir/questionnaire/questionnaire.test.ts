import type { Questionnaire, QuestionnaireItemEnableWhen, QuestionnaireResponse } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addRepeat,
  answerValue,
  countRepeats,
  enabledItems,
  formTree,
  getAnswers,
  getValue,
  itemText,
  optionText,
  outlineOf,
  pruneDisabled,
  removeRepeat,
  setAnswer,
  startResponse,
  validateResponse,
} from './questionnaire.ts';

const system = 'urn:test';
const option = (code: string, score?: number, exclusive = false) => ({
  ...(exclusive && {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive', valueBoolean: true }],
  }),
  valueCoding: {
    system,
    code,
    display: code,
    ...(score !== undefined && {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: score }],
    }),
  },
});
const coding = (code: string) => ({ valueCoding: { system, code } });
const limit = (end: 'minValue' | 'maxValue', value: object) => ({
  url: `http://hl7.org/fhir/StructureDefinition/${end}`,
  ...value,
});
const calculation = (method: string, ...inputs: string[]) => ({
  url: 'https://serai.example/StructureDefinition/calculation',
  extension: [{ url: 'method', valueCode: method }, ...inputs.map((valueString) => ({ url: 'input', valueString }))],
});

const form: Questionnaire = {
  resourceType: 'Questionnaire',
  url: 'urn:test:form',
  version: '2',
  status: 'active',
  item: [
    {
      linkId: 'start',
      type: 'group',
      item: [
        { linkId: 'smokes', type: 'boolean', required: true },
        {
          linkId: 'years',
          type: 'integer',
          required: true,
          enableWhen: [{ question: 'smokes', operator: '=', answerBoolean: true }],
          extension: [limit('minValue', { valueInteger: 0 }), limit('maxValue', { valueInteger: 90 })],
        },
        {
          linkId: 'long',
          type: 'text',
          maxLength: 5,
          enableWhen: [{ question: 'years', operator: '>=', answerInteger: 20 }],
        },
        { linkId: 'note', type: 'display', text: 'Read this' },
      ],
    },
    {
      linkId: 'pets',
      type: 'group',
      repeats: true,
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs', valueInteger: 3 }],
      item: [
        { linkId: 'kind', type: 'choice', required: true, answerOption: [option('cat'), option('dog')] },
        {
          linkId: 'barks',
          type: 'boolean',
          enableWhen: [{ question: 'kind', operator: '=', answerCoding: { system, code: 'dog' } }],
        },
        {
          linkId: 'toys',
          type: 'group',
          repeats: true,
          item: [
            { linkId: 'toy', type: 'string' },
            {
              linkId: 'loud',
              type: 'boolean',
              enableWhen: [{ question: 'barks', operator: '=', answerBoolean: true }],
            },
          ],
        },
      ],
    },
    {
      linkId: 'any-dog',
      type: 'boolean',
      enableWhen: [{ question: 'kind', operator: '=', answerCoding: { system, code: 'dog' } }],
    },
    {
      linkId: 'likes',
      type: 'choice',
      repeats: true,
      answerOption: [option('none', undefined, true), option('tea'), option('rice')],
    },
    { linkId: 'a', type: 'choice', answerOption: [option('zero', 0), option('one', 1), option('two', 2)] },
    { linkId: 'b', type: 'choice', answerOption: [option('zero', 0), option('one', 1), option('two', 2)] },
    { linkId: 'sum', type: 'integer', readOnly: true, extension: [calculation('sum', 'a', 'b')] },
    {
      linkId: 'much',
      type: 'string',
      enableWhen: [{ question: 'sum', operator: '>=', answerInteger: 3 }],
    },
    {
      linkId: 'weight',
      type: 'quantity',
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
          valueCoding: { system: 'http://unitsofmeasure.org', code: 'kg', display: 'kg' },
        },
        limit('minValue', { valueDecimal: 1 }),
        limit('maxValue', { valueDecimal: 300 }),
      ],
    },
    { linkId: 'height', type: 'decimal' },
    { linkId: 'bmi', type: 'decimal', readOnly: true, extension: [calculation('body-mass-index', 'weight', 'height')] },
    {
      linkId: 'lmp',
      type: 'date',
      extension: [{ url: 'https://serai.example/StructureDefinition/tense', valueCode: 'past' }],
    },
    { linkId: 'due', type: 'date', readOnly: true, extension: [calculation('due-date', 'lmp')] },
    {
      linkId: 'next',
      type: 'date',
      extension: [{ url: 'https://serai.example/StructureDefinition/tense', valueCode: 'future' }],
    },
  ],
};

const quantity = (value: number, code = 'kg') => ({
  valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code },
});

type Step = readonly [linkId: string, answers: object[], at?: readonly number[]];
const filled = (...steps: Step[]): QuestionnaireResponse =>
  steps.reduce(
    (response, [linkId, answers, at]) => setAnswer(form, response, linkId, answers, at),
    startResponse(form),
  );

const options = { language: 'en', today: '2026-11-21' };
const codes = (response: QuestionnaireResponse, complete = true) =>
  validateResponse(form, response, { ...options, complete }).map(({ code, key }) => `${code} ${key ?? ''}`.trim());

describe('conditions', () => {
  test('follow the answers, through chains', () => {
    const enabled = (...steps: Step[]) => enabledItems(form, filled(...steps));
    expect(enabled().has('years')).toBe(false);
    expect(enabled(['smokes', [{ valueBoolean: false }]]).has('years')).toBe(false);
    const smoking = filled(['smokes', [{ valueBoolean: true }]], ['years', [{ valueInteger: 25 }]]);
    expect(enabledItems(form, smoking).has('long')).toBe(true);
    // The answer of a question no longer asked counts as not given.
    const stopped = setAnswer(form, smoking, 'smokes', [{ valueBoolean: false }]);
    expect(getValue(form, stopped, 'years')).toBe(25);
    expect(enabledItems(form, stopped).has('long')).toBe(false);
  });

  test('inside a repeating group look at their own instance, from outside at any', () => {
    const response = filled(['kind', [coding('cat')], [0]], ['kind', [coding('dog')], [1]]);
    const enabled = enabledItems(form, response);
    expect(enabled.has('barks[0]')).toBe(false);
    expect(enabled.has('barks[1]')).toBe(true);
    expect(enabled.has('any-dog')).toBe(true);
    expect(enabledItems(form, filled(['kind', [coding('cat')], [0]])).has('any-dog')).toBe(false);
  });

  test('in nested repeats see the instance around them', () => {
    const response = filled(
      ['kind', [coding('dog')], [0]],
      ['barks', [{ valueBoolean: false }], [0]],
      ['toy', [{ valueString: 'ball' }], [0, 0]],
      ['kind', [coding('dog')], [1]],
      ['barks', [{ valueBoolean: true }], [1]],
      ['toy', [{ valueString: 'bell' }], [1, 0]],
      ['toy', [{ valueString: 'bone' }], [1, 1]],
    );
    const enabled = enabledItems(form, response);
    expect(['loud[0,0]', 'loud[1,0]', 'loud[1,1]'].map((key) => enabled.has(key))).toEqual([false, true, true]);
  });

  const operators: [QuestionnaireItemEnableWhen['operator'], object, object[], boolean][] = [
    ['exists', { answerBoolean: true }, [], false],
    ['exists', { answerBoolean: true }, [{ valueInteger: 1 }], true],
    ['exists', { answerBoolean: false }, [], true],
    ['exists', { answerBoolean: false }, [{ valueInteger: 1 }], false],
    ['=', { answerInteger: 5 }, [{ valueInteger: 5 }], true],
    ['=', { answerInteger: 5 }, [{ valueInteger: 4 }, { valueInteger: 5 }], true],
    ['=', { answerInteger: 5 }, [], false],
    ['!=', { answerInteger: 5 }, [{ valueInteger: 4 }], true],
    ['!=', { answerInteger: 5 }, [{ valueInteger: 5 }], false],
    ['!=', { answerInteger: 5 }, [], true],
    ['>', { answerInteger: 5 }, [{ valueInteger: 5 }], false],
    ['>', { answerInteger: 5 }, [{ valueInteger: 6 }], true],
    ['<', { answerInteger: 5 }, [{ valueInteger: 4 }], true],
    ['<', { answerInteger: 5 }, [], false],
    ['>=', { answerInteger: 5 }, [{ valueInteger: 5 }], true],
    ['<=', { answerInteger: 5 }, [{ valueInteger: 6 }], false],
    ['<=', { answerDate: '2026-01-01' }, [{ valueDate: '2025-12-31' }], true],
    ['=', { answerString: 'x' }, [{ valueString: 'x' }], true],
    ['=', { answerCoding: { system, code: 'x' } }, [{ valueCoding: { system, code: 'x' } }], true],
    ['=', { answerCoding: { system, code: 'x' } }, [{ valueCoding: { system: 'urn:else', code: 'x' } }], false],
    ['>', { answerCoding: { system, code: 'x' } }, [{ valueCoding: { system, code: 'y' } }], false],
    ['>', { answerQuantity: { value: 3, code: 'kg' } }, [{ valueQuantity: { value: 4, code: 'kg' } }], true],
    ['>', { answerQuantity: { value: 3, code: 'kg' } }, [{ valueQuantity: { value: 4, code: 'g' } }], false],
    ['=', { answerBoolean: true }, [{ valueString: 'true' }], false],
  ];
  test.each(operators)('%s %j given %j is %s', (operator, answer, answers, expected) => {
    const one: Questionnaire = {
      resourceType: 'Questionnaire',
      status: 'active',
      item: [
        { linkId: 'q', type: 'integer', repeats: true },
        { linkId: 'shown', type: 'string', enableWhen: [{ question: 'q', operator, ...answer }] },
      ],
    };
    const response: QuestionnaireResponse = {
      resourceType: 'QuestionnaireResponse',
      status: 'in-progress',
      item: answers.length ? [{ linkId: 'q', answer: answers }] : [],
    };
    expect(enabledItems(one, response).has('shown')).toBe(expected);
  });

  test.each([
    ['all', [true, false, true]],
    ['any', [true, true, true]],
  ] as const)('enableBehavior %s', (enableBehavior, [both, one, _]) => {
    const two: Questionnaire = {
      resourceType: 'Questionnaire',
      status: 'active',
      item: [
        { linkId: 'p', type: 'boolean' },
        { linkId: 'q', type: 'boolean' },
        {
          linkId: 'shown',
          type: 'string',
          enableBehavior,
          enableWhen: ['p', 'q'].map((question) => ({ question, operator: '=', answerBoolean: true })),
        },
      ],
    };
    const said = (p: boolean, q: boolean): QuestionnaireResponse => ({
      resourceType: 'QuestionnaireResponse',
      status: 'in-progress',
      item: [
        { linkId: 'p', answer: [{ valueBoolean: p }] },
        { linkId: 'q', answer: [{ valueBoolean: q }] },
      ],
    });
    expect(enabledItems(two, said(true, true)).has('shown')).toBe(both);
    expect(enabledItems(two, said(true, false)).has('shown')).toBe(one);
    expect(enabledItems(two, said(false, false)).has('shown')).toBe(false);
  });

  test('may look ahead', () => {
    const ahead: Questionnaire = {
      resourceType: 'Questionnaire',
      status: 'active',
      item: [
        {
          linkId: 'first',
          type: 'string',
          enableWhen: [{ question: 'last', operator: 'exists', answerBoolean: true }],
        },
        { linkId: 'last', type: 'string' },
      ],
    };
    const response = setAnswer(ahead, startResponse(ahead), 'last', [{ valueString: 'x' }]);
    expect(enabledItems(ahead, response).has('first')).toBe(true);
  });
});

describe('answering', () => {
  test('changes nothing that was there', () => {
    const before = filled(['smokes', [{ valueBoolean: true }]], ['kind', [coding('dog')], [0]]);
    const copy = structuredClone(before);
    setAnswer(form, before, 'years', [{ valueInteger: 3 }]);
    addRepeat(form, before, 'pets');
    removeRepeat(form, before, 'pets', [0]);
    pruneDisabled(form, before);
    expect(before).toEqual(copy);
  });

  test('keeps the order of the questionnaire however it is filled', () => {
    const steps: Step[] = [
      ['likes', [coding('tea')]],
      ['barks', [{ valueBoolean: true }], [0]],
      ['kind', [coding('dog')], [0]],
      ['years', [{ valueInteger: 2 }]],
      ['smokes', [{ valueBoolean: true }]],
    ];
    expect(filled(...steps).item).toEqual(filled(...steps.toReversed()).item);
    expect(filled(...steps).item!.map(({ linkId }) => linkId)).toEqual(['start', 'pets', 'likes']);
  });

  test('an answer taken back leaves no trace', () => {
    const response = filled(['smokes', [{ valueBoolean: true }]]);
    expect(setAnswer(form, response, 'smokes', [])).toEqual(startResponse(form));
  });

  test('repeats are added, counted and removed', () => {
    let response = filled(['kind', [coding('cat')], [0]]);
    response = addRepeat(form, response, 'pets');
    expect(countRepeats(form, response, 'pets')).toBe(2);
    response = setAnswer(form, response, 'kind', [coding('dog')], [1]);
    response = removeRepeat(form, response, 'pets', [0]);
    expect(countRepeats(form, response, 'pets')).toBe(1);
    expect(getAnswers(form, response, 'kind', [0])).toEqual([coding('dog')]);
    expect(removeRepeat(form, response, 'pets', [7])).toEqual(response);
    // From nothing, the form already shows one instance: adding shows a second.
    expect(countRepeats(form, addRepeat(form, startResponse(form), 'pets'), 'pets')).toBe(2);
  });

  test('a form always has an instance of a repeating group to fill', () => {
    const keys = formTree(form, startResponse(form)).map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith('pets'))).toEqual(['pets[0]']);
  });

  test('a link id the form does not have is a mistake of the program', () => {
    expect(() => setAnswer(form, startResponse(form), 'nope', [])).toThrow('nope');
    expect(() => setAnswer(form, startResponse(form), 'pets', [])).toThrow('pets');
    expect(() => addRepeat(form, startResponse(form), 'start')).toThrow('start');
  });
});

describe('calculated items', () => {
  test('a sum waits for all its parts', () => {
    expect(getValue(form, filled(['a', [coding('two')]]), 'sum')).toBeUndefined();
    const both = filled(['a', [coding('two')]], ['b', [coding('one')]]);
    expect(getValue(form, both, 'sum')).toBe(3);
    expect(enabledItems(form, both).has('much')).toBe(true);
    expect(getValue(form, setAnswer(form, both, 'a', []), 'sum')).toBeUndefined();
  });

  test.each([
    [70, 175, 22.9],
    [52, 154, 21.9],
    [7.8, 74, 14.2],
  ])('%d kg and %d cm make %d', (kg, cm, bmi) => {
    expect(getValue(form, filled(['weight', [quantity(kg)]], ['height', [{ valueDecimal: cm }]]), 'bmi')).toBe(bmi);
  });

  test.each([
    ['2026-05-01', '2027-02-05'],
    ['2024-02-29', '2024-12-05'],
    ['2026-05', undefined],
  ])('last period %s, birth %s', (lmp, due) => {
    expect(getValue(form, filled(['lmp', [{ valueDate: lmp }]]), 'due')).toBe(due);
  });
});

describe('validation', () => {
  const smokes: Step = ['smokes', [{ valueBoolean: false }]];
  const rows: [string, QuestionnaireResponse, string[]][] = [
    ['nothing answered', startResponse(form), ['required smokes']],
    ['the least', filled(smokes), []],
    ['a required question shown', filled(['smokes', [{ valueBoolean: true }]]), ['required years']],
    ['below', filled(['smokes', [{ valueBoolean: true }]], ['years', [{ valueInteger: -1 }]]), ['below-minimum years']],
    ['above', filled(['smokes', [{ valueBoolean: true }]], ['years', [{ valueInteger: 91 }]]), ['above-maximum years']],
    ['hidden', filled(smokes, ['years', [{ valueInteger: 3 }]]), ['disabled years']],
    ['wrong type', filled(['smokes', [{ valueString: 'yes' }]]), ['type smokes']],
    [
      'two values in one',
      filled(['smokes', [{ valueBoolean: true, valueString: 'x' }]], ['years', [{ valueInteger: 3 }]]),
      ['type smokes'],
    ],
    ['not whole', filled(['smokes', [{ valueBoolean: true }]], ['years', [{ valueInteger: 1.5 }]]), ['type years']],
    [
      'too long',
      filled(
        ['smokes', [{ valueBoolean: true }]],
        ['years', [{ valueInteger: 30 }]],
        ['long', [{ valueString: 'ကခဂဃငစ' }]],
      ),
      ['too-long long'],
    ],
    [
      'characters, not bytes',
      filled(
        ['smokes', [{ valueBoolean: true }]],
        ['years', [{ valueInteger: 30 }]],
        ['long', [{ valueString: '🙂🙂🙂🙂🙂' }]],
      ),
      [],
    ],
    [
      'blank',
      filled(
        ['smokes', [{ valueBoolean: true }]],
        ['years', [{ valueInteger: 30 }]],
        ['long', [{ valueString: '  ' }]],
      ),
      ['type long'],
    ],
    [
      'two answers',
      filled(['smokes', [{ valueBoolean: false }, { valueBoolean: true }]], ['years', [{ valueInteger: 1 }]]),
      ['too-many smokes'],
    ],
    ['no such option', filled(smokes, ['likes', [coding('gold')]]), ['not-an-option likes']],
    ['twice the same', filled(smokes, ['likes', [coding('tea'), coding('tea')]]), ['duplicate likes']],
    ['none and some', filled(smokes, ['likes', [coding('none'), coding('tea')]]), ['exclusive likes']],
    ['none alone', filled(smokes, ['likes', [coding('none')]]), []],
    ['another unit', filled(smokes, ['weight', [quantity(70, '[lb_av]')]]), ['unit weight']],
    ['a light person', filled(smokes, ['weight', [quantity(0.5)]]), ['below-minimum weight']],
    ['no number', filled(smokes, ['weight', [{ valueQuantity: { code: 'kg' } }]]), ['type weight']],
    ['a leap day', filled(smokes, ['lmp', [{ valueDate: '2024-02-29' }]]), []],
    ['no leap day', filled(smokes, ['lmp', [{ valueDate: '2025-02-29' }]]), ['date lmp']],
    ['a month', filled(smokes, ['lmp', [{ valueDate: '2025-02' }]]), []],
    ['an old year', filled(smokes, ['lmp', [{ valueDate: '1066' }]]), ['date lmp']],
    ['to come', filled(smokes, ['lmp', [{ valueDate: '2026-11-23' }]]), ['in-future lmp']],
    ['tomorrow, where it is already tomorrow', filled(smokes, ['lmp', [{ valueDate: '2026-11-22' }]]), []],
    ['passed', filled(smokes, ['next', [{ valueDate: '2026-11-19' }]]), ['in-past next']],
    ['still to come', filled(smokes, ['next', [{ valueDate: '2026-12' }]]), []],
    ['an empty instance is nobody', addRepeat(form, filled(smokes), 'pets'), []],
    [
      'an instance begun must be finished',
      filled(smokes, ['toy', [{ valueString: 'x' }], [0, 0]]),
      ['required kind[0]'],
    ],
    [
      'too many instances',
      filled(smokes, ...[0, 1, 2, 3].map((i): Step => ['kind', [coding('cat')], [i]])),
      ['too-many pets'],
    ],
  ];
  test.each(rows)('%s', (_name, response, expected) => {
    expect(codes(response)).toEqual(expected);
  });

  test('of a draft does not ask for what is missing', () => {
    expect(codes(startResponse(form), false)).toEqual([]);
    expect(codes(filled(['smokes', [{ valueString: 'x' }]]), false)).toEqual(['type smokes']);
  });

  test('points into the response', () => {
    const response = filled(
      ['smokes', [{ valueBoolean: false }]],
      ['kind', [coding('cat')], [0]],
      ['kind', [coding('cow')], [1]],
    );
    const [issue] = validateResponse(form, response, options);
    expect(issue).toMatchObject({
      code: 'not-an-option',
      linkId: 'kind',
      at: [1],
      key: 'kind[1]',
      expression: 'QuestionnaireResponse.item[2].item[0].answer[0]',
    });
  });

  test('names strangers, misplaced and doubled items, answers to groups, another form', () => {
    const base = filled(['smokes', [{ valueBoolean: false }]]);
    const plus = (...item: object[]): QuestionnaireResponse => ({
      ...base,
      item: [...base.item!, ...(item as never[])],
    });
    expect(codes(plus({ linkId: 'x' }))).toEqual(['unknown-item']);
    expect(codes(plus({ linkId: 'years', answer: [{ valueInteger: 1 }] }))).toEqual(['misplaced years']);
    expect(codes(plus({ linkId: 'start', item: [{ linkId: 'note' }] }))).toEqual(['misplaced start']);
    expect(
      codes(plus({ linkId: 'likes', answer: [coding('tea')] }, { linkId: 'likes', answer: [coding('rice')] })),
    ).toEqual(['misplaced likes']);
    expect(
      codes(
        plus({ linkId: 'pets', answer: [{ valueString: 'x' }], item: [{ linkId: 'kind', answer: [coding('cat')] }] }),
      ),
    ).toEqual(['type pets']);
    expect(codes({ ...base, questionnaire: 'urn:test:form|1' })).toEqual(['questionnaire']);
    expect(codes({ ...base, questionnaire: undefined })).toEqual(['questionnaire']);
  });

  test('a calculated item cannot be made up', () => {
    const made = filled(['smokes', [{ valueBoolean: false }]], ['a', [coding('two')]], ['sum', [{ valueInteger: 4 }]]);
    expect(codes(pruneDisabled(form, made))).toEqual(['calculation sum']);
  });

  test('survives whatever is sent', () => {
    const linkIds = [...outlineOf(form).byLinkId.keys(), 'x'];
    const answer = fc.oneof(
      fc.record({ valueString: fc.string() }),
      fc.record({ valueInteger: fc.integer() }),
      fc.record({ valueBoolean: fc.boolean() }),
      fc.record({ valueDate: fc.string() }),
      fc.record({ valueCoding: fc.record({ code: fc.string() }) }),
      fc.record({ valueQuantity: fc.record({ value: fc.double() }) }),
      fc.constant({}),
    );
    const { item } = fc.letrec((tie) => ({
      item: fc.record(
        {
          linkId: fc.constantFrom(...linkIds),
          answer: fc.array(answer, { maxLength: 2 }),
          item: fc.array(tie('item'), { maxLength: 4 }),
        },
        { requiredKeys: ['linkId'] },
      ),
    }));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), (items) => {
        const response = { ...startResponse(form), item: items as QuestionnaireResponse['item'] };
        validateResponse(form, response, options);
        const pruned = pruneDisabled(form, response);
        // Nothing hidden is left, and a second pass finds nothing more to take away.
        expect(codes(pruned).filter((code) => code.startsWith('disabled'))).toEqual([]);
        expect(pruneDisabled(form, pruned)).toEqual(pruned);
      }),
      { numRuns: 300 },
    );
  });
});

test('what was set can be read, and nothing else changed', () => {
  const places: [string, number[]][] = [
    ['smokes', []],
    ['kind', [0]],
    ['kind', [2]],
    ['toy', [1, 1]],
    ['likes', []],
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...places), fc.string({ minLength: 1 })), { maxLength: 12 }),
      (steps) => {
        let response = startResponse(form);
        const said = new Map<string, string>();
        for (const [[linkId, at], valueString] of steps) {
          response = setAnswer(form, response, linkId, [{ valueString }], at);
          said.set(JSON.stringify([linkId, at]), valueString);
        }
        for (const [linkId, at] of places) {
          const [first] = getAnswers(form, response, linkId, at);
          expect(first && answerValue(first)).toBe(said.get(JSON.stringify([linkId, at])));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('texts are read in the language asked for, then a near one, then the form’s own', () => {
  const item = {
    linkId: 'x',
    type: 'string',
    text: 'Name',
    _text: {
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/translation',
          extension: [
            { url: 'lang', valueCode: 'th' },
            { url: 'content', valueString: 'ชื่อ' },
          ],
        },
      ],
    },
  } as const;
  expect(itemText(item as never, 'th')).toBe('ชื่อ');
  expect(itemText(item as never, 'th-TH')).toBe('ชื่อ');
  expect(itemText(item as never, 'my')).toBe('Name');
  expect(optionText({ valueCoding: { code: 'a', display: 'A' } }, 'my')).toBe('A');
  expect(optionText({ valueInteger: 3 }, 'my')).toBe('3');
});
