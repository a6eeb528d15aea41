interface SmsTimingInput {
  /** Seconds since the code was asked for. */
  passedS: number;
  /** The server refuses to switch before this. */
  acceptedAfterS: number;
  /** The page switches by itself after this, never before the server accepts it. */
  automaticAfterS: number;
}

export interface SmsTiming {
  askableInS: number;
  automaticInS: number;
  isAutomaticNow: boolean;
}

/** When an SMS may be asked for, and when it is sent without asking. */
export function smsTiming({ passedS, acceptedAfterS, automaticAfterS }: SmsTimingInput): SmsTiming {
  const automaticAt = Math.max(acceptedAfterS, automaticAfterS);
  return {
    askableInS: acceptedAfterS - passedS,
    automaticInS: automaticAt - passedS,
    isAutomaticNow: passedS >= automaticAt,
  };
}
