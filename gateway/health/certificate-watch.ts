/** Says in good time that the certificate with which an uplink signs in will end: on that day the village would fall silent. */
import type { UplinkConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import { commandTime } from '../../sync/command-result.js';
import { certificateSubject } from '../alarm/site-subjects.js';
import type { TellFault } from '../alarm/subject.js';

/** Time enough to ask the district for another one and to bring it to the box. */
export const certificateEndsSoonMs = 14 * 86_400_000;

export class CertificateWatch {
  /** Null: not known yet; until then a saved one stands. */
  #endsSoonWall: number | 'in-order' | null = null;

  constructor(
    private readonly config: UplinkConfig,
    private readonly clock: Clock,
    private readonly onFault: TellFault,
  ) {}

  /** Asked from time to time. `endsWall` null: there is none, or it was not read yet. */
  look(endsWall: number | null): void {
    if (endsWall === null || this.clock.trust() !== 'trusted') return;
    const is = endsWall - this.clock.wall() < certificateEndsSoonMs ? endsWall : 'in-order';
    if (is === this.#endsSoonWall) return;
    this.#endsSoonWall = is;
    this.retell();
  }

  retell(): void {
    const is = this.#endsSoonWall;
    if (is === null) return;
    const subject = certificateSubject(this.config);
    if (is === 'in-order') {
      this.onFault(subject, false, {});
      return;
    }
    const day = commandTime(is).slice(0, 10);
    this.onFault(subject, true, {
      error_zh: `${day} 到期，之后连不上平台；向平台索取新证书，换掉 cert_file 和 key_file`,
      error_en: `ends on ${day}, and then the centre can not be reached; ask it for another one, for cert_file and key_file`,
    });
  }
}
