import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskRequestDetail } from '../../../shared/api/types';
import { loadTexts } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { TextArea } from '../../../shared/ui/text_area';
import { doAtDesk, type DeskAct } from '../api/requests';
import './requests.css';

const kCharactersMax = 8000;
type Act = 'answer' | 'refusal' | 'extension';

interface DeskDecisionProps {
  request: DeskRequestDetail;
  onDone: () => void;
}

/** Answer, refuse on a ground, or extend: one form, the words go to the person as they stand. */
export function DeskDecision({ request, onDone }: DeskDecisionProps) {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act>('answer');
  const [text, setText] = useState('');
  const [ground, setGround] = useState(request.grounds[0]?.name ?? '');
  const decide = useMutation({ mutationFn: (what: DeskAct) => doAtDesk(request, what), onSuccess: onDone });
  const mayExtend = request.extension_working_days > 0 && !request.extended && !request.late;
  const acts: Act[] = mayExtend ? ['answer', 'refusal', 'extension'] : ['answer', 'refusal'];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!decide.isPending) decide.mutate(act === 'refusal' ? { act, text, ground } : { act, text });
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <h2>{t('requestDesk.decide')}</h2>
      <Choice name="act" legend={t('requestDesk.what')} chosen={act} onChoose={setAct}
        items={acts.map((one) => ({ value: one, label: t(`requestDesk.act.${one}`, { count: request.extension_working_days }) }))} />
      {act === 'refusal' && (
        <Choice name="ground" legend={t('requestDesk.ground')} chosen={ground} onChoose={setGround}
          items={request.grounds.map((one) => ({ value: one.name, label: one.text, note: one.norm }))} />
      )}
      <Templates act={act} request={request} onInsert={(words) => setText(text === '' ? words : `${text}\n\n${words}`)} />
      <TextArea
        label={t('requestDesk.words')}
        hint={t(request.language === 'en' ? 'requestDesk.readsEnglish' : 'requestDesk.readsRussian')}
        lang={request.language}
        value={text}
        charactersMax={kCharactersMax}
        onChange={setText}
      />
      <ErrorNotice error={decide.error} onRetry={onDone} />
      <Button type="submit" pending={decide.isPending}>
        {t(`requestDesk.submit.${act}`)}
      </Button>
    </form>
  );
}

interface ChoiceProps<Value extends string> {
  name: string;
  legend: string;
  chosen: Value;
  items: { value: Value; label: string; note?: string }[];
  onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ name, legend, chosen, items, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset className="request-choice">
      <legend className="field__label">{legend}</legend>
      {items.map(({ value, label, note }) => (
        <label key={value}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
          <span>
            {label}
            {note !== undefined && <span className="soft small">{note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface TemplatesProps {
  act: Act;
  request: DeskRequestDetail;
  onInsert: (words: string) => void;
}

/** Ready words in both languages; the person's own stands first. */
function Templates({ act, request, onInsert }: TemplatesProps) {
  const { t, i18n } = useTranslation();
  const key = act === 'answer' ? (`requestDesk.template.${request.kind}` as const) : (`requestDesk.template.${act}` as const);
  const languages = request.language === 'en' ? (['en', 'ru'] as const) : (['ru', 'en'] as const);
  const insert = async (language: 'ru' | 'en') => {
    await loadTexts(language);
    onInsert(i18n.getFixedT(language)(key));
  };
  return (
    <p className="request-templates">
      {languages.map((language) => (
        <button key={language} type="button" className="link" onClick={() => void insert(language)}>
          {t(`requestDesk.templateIn.${language}`)}
        </button>
      ))}
    </p>
  );
}
