import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageIcon, PhoneIcon } from '../../../shared/ui/icons';
import './channel_choice.css';

type Channel = 'call' | 'sms';

interface ChannelChoiceProps {
  value: Channel;
  onChange: (channel: Channel) => void;
  callDigits: number;
  smsDigits: number;
}

export function ChannelChoice({ value, onChange, callDigits, smsDigits }: ChannelChoiceProps) {
  const { t } = useTranslation();
  const option = (channel: Channel, icon: ReactNode, title: string, note: string) => (
    <label className="channel">
      <input
        type="radio"
        name="channel"
        value={channel}
        checked={value === channel}
        onChange={() => onChange(channel)}
      />
      <span className="channel__icon">{icon}</span>
      <span className="channel__words">
        <span className="channel__title">{title}</span>
        <span className="channel__note">{note}</span>
      </span>
    </label>
  );
  return (
    <fieldset className="channels">
      <legend>{t('phone.how')}</legend>
      {option('call', <PhoneIcon />, t('phone.call'), t('phone.callNote', { count: callDigits }))}
      {option('sms', <MessageIcon />, t('phone.sms'), t('phone.smsNote', { count: smsDigits }))}
    </fieldset>
  );
}
