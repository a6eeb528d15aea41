import { useTranslation } from 'react-i18next';
import type { DeskRequestDetail } from '../../../shared/api/types';
import { loadTexts } from '../../../shared/i18n/language';
import './requests.css';

export type Act = 'answer' | 'refusal' | 'extension';

interface AnswerTemplatesProps {
  act: Act;
  request: DeskRequestDetail;
  onInsert: (words: string) => void;
}

/** Ready words in both languages; the person's own stands first. */
export function AnswerTemplates({ act, request, onInsert }: AnswerTemplatesProps) {
  const { t, i18n } = useTranslation();
  const key =
    act === 'answer'
      ? (`requestDesk.template.${request.kind}` as const)
      : (`requestDesk.template.${act}` as const);
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
