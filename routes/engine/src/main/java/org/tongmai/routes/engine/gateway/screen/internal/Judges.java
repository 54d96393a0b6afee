package org.tongmai.routes.engine.gateway.screen.internal;

import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.Defence;
import org.tongmai.routes.engine.gateway.screen.ScreeningLimits;
import org.tongmai.routes.engine.gateway.screen.ScreeningPolicy;
import org.tongmai.routes.engine.gateway.screen.internal.html.MarkupJudge;
import org.tongmai.routes.engine.gateway.screen.internal.html.NarrativeJudge;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlJudge;
import org.tongmai.routes.engine.gateway.screen.internal.value.FieldKind;
import org.tongmai.routes.engine.gateway.screen.internal.value.Suspicion;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;

/** What a policy has values judged by. Immutable; the compiled tables are shared by every policy. */
public final class Judges {
    private static final SqlJudge SQL = new SqlJudge();
    private static final MarkupJudge MARKUP = new MarkupJudge();
    private static final NarrativeJudge NARRATIVE = new NarrativeJudge(MARKUP);

    static {
        Tables.prepare();
    }

    private final boolean markup;
    private final int mask;
    private final Set<String> freeText;
    private final ScreeningLimits limits;

    public Judges(ScreeningPolicy policy) {
        boolean sql = policy.defences().contains(Defence.SQL_INJECTION);
        this.markup = policy.defences().contains(Defence.XSS);
        int of = (sql ? Suspicion.SQL : 0) | (markup ? Suspicion.MARKUP : 0);
        this.mask = of == 0 ? 0 : of | Suspicion.ENCODED;
        this.freeText = policy.freeTextFields();
        this.limits = policy.limits();
    }

    int mask() {
        return mask;
    }

    ScreeningLimits limits() {
        return limits;
    }

    FieldKind kind(String field) {
        return freeText.contains(field) ? FieldKind.FREE_TEXT : FieldKind.STRICT;
    }

    SqlJudge sql() {
        return SQL;
    }

    /** Null where the policy does not ask for it. */
    MarkupJudge markup() {
        return markup ? MARKUP : null;
    }

    NarrativeJudge narrative() {
        return NARRATIVE;
    }
}
