import { useTranslation } from 'react-i18next';
import { PhoneIcon } from '../../../shared/ui/icons';
import './call_example.css';

const kExampleDigits = '41736';

/** An invented caller number of the same shape as the example, its last digits set apart. */
export function exampleCaller(phoneExample: string, codeDigits: number) {
  const code = kExampleDigits.padEnd(codeDigits, '0').slice(0, codeDigits);
  const compact = phoneExample.replace(/[^\d+]/g, '');
  const head = compact.slice(0, Math.max(0, compact.length - codeDigits));
  const grouped = head.replace(/^(\+\d)(\d{3})(\d*)$/, '$1 $2 $3').trim();
  const codeGrouped = code.replace(/^(\d)(\d{2})(\d{2})$/, '$1 $2 $3');
  return { head: grouped, code: codeGrouped, plainCode: code };
}

export function CallExample({ phoneExample, digits }: { phoneExample: string; digits: number }) {
  const { t } = useTranslation();
  const { head, code } = exampleCaller(phoneExample, digits);
  return (
    <figure className="call">
      <span className="call__icon">
        <PhoneIcon />
      </span>
      <figcaption>
        <span className="call__caption">{t('code.example')}</span>
        <span className="call__number numeric" aria-hidden="true">
          {head} <mark>{code}</mark>
        </span>
        <span className="visually-hidden">
          {t('code.exampleRead', { number: `${head} ${code}`, code })}
        </span>
      </figcaption>
    </figure>
  );
}
