import { Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Question } from '../../../shared/api/types';
import { kQuestions } from '../api/digital_id';
import './question_choice.css';

interface QuestionChoiceProps {
  value: Question;
  onChange: (question: Question) => void;
}

export function QuestionChoice({ value, onChange }: QuestionChoiceProps) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      className="segments"
      orientation="horizontal"
      aria-label={t('digital_id.questions')}
      value={value}
      onChange={(next) => onChange(kQuestions.find((one) => one === next) ?? 'age_over_18')}
    >
      {kQuestions.map((question) => (
        <Radio key={question} value={question} className="segment">
          {t(`digital_id.question.${question}`)}
        </Radio>
      ))}
    </RadioGroup>
  );
}
