package org.tongmai.routes.engine.gateway.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.screen.Finding;
import org.tongmai.routes.engine.gateway.screen.ScreenedRequest;
import org.tongmai.routes.engine.gateway.screen.Screening;
import org.tongmai.routes.engine.gateway.screen.ScreeningLimits;
import org.tongmai.routes.engine.gateway.screen.ScreeningPolicy;
import org.tongmai.standards.exchange.HttpCall;

/** Lets no value pass that would become script or go on as SQL (防 XSS, 防 SQL 注入). */
final class ScreeningGuard implements Guard {
    private final Screening screening;

    ScreeningGuard(ContentRule rule) {
        this.screening = Screening.of(new ScreeningPolicy(rule.screening(), rule.freeText(), ScreeningLimits.DEFAULTS));
    }

    @Override
    public void admit(Passage passage) {
        HttpCall call = passage.forwarded();
        List<Map.Entry<String, String>> fields = new ArrayList<>(call.fields().size());
        call.fields().forEach((name, value) -> fields.add(Map.entry(name, value)));
        Finding finding = screening
                .screen(new ScreenedRequest(call.method(), call.target(), fields, call.body()))
                .orElse(null);
        if (finding != null) {
            throw new Refusal(finding.issue());
        }
    }
}
