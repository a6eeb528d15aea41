import { useEffect, useState } from 'react';
import { Decoder } from './decoder';

export function useDecoder(): Decoder | undefined {
  const [decoder, setDecoder] = useState<Decoder>();
  useEffect(() => {
    const made = new Decoder();
    setDecoder(made);
    return () => made.close();
  }, []);
  return decoder;
}
