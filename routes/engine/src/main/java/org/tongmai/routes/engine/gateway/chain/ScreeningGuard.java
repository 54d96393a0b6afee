package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.screen.Finding;
import org.tongmai.routes.engine.gateway.screen.Screening;
import org.tongmai.routes.engine.gateway.screen.ScreeningLimits;
import org.tongmai.routes.engine.gateway.screen.ScreeningPolicy;

/** Lets no value pass that would become script or go on as SQL (防 XSS, 防 SQL 注入). */
final class ScreeningGuard implements Guard {
    private final Screening screening;

    ScreeningGuard(ContentRule rule) {
        this.screening = Screening.of(new ScreeningPolicy(rule.screening(), rule.freeText(), ScreeningLimits.DEFAULTS));
    }

    @Override
    public void admit(Passage passage) {
        Finding finding = screening.screen(passage.read()).orElse(null);
        if (finding != null) {
            throw new Refused(finding.issue());
        }
    }
}
