import { diagnoseClient } from './diagnose-client';
import { diagnoseRegistration } from './diagnose-registration';
import { diagnoseRequest, undiagnosed } from './diagnose-request';
import type { Diagnosis, FailedCase } from './diagnosis';

/** From who asked, over what it may have, to what it said: the first that explains it. */
export function diagnose(failed: FailedCase): Diagnosis {
  const isOurs = failed.status >= 500 || failed.status === 429;
  const about = isOurs ? null : (diagnoseClient(failed) ?? diagnoseRegistration(failed));
  return about ?? diagnoseRequest(failed) ?? undiagnosed(failed);
}
