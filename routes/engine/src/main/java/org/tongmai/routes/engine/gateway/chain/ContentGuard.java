package org.tongmai.routes.engine.gateway.chain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.GatewayFields;
import org.tongmai.routes.engine.gateway.request.MultipartContent;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** Bounds the content, sees to it that its type has one reading, and hands on only the header fields that are allowed (请求头过滤). */
final class ContentGuard implements Guard {
    static final String APPLICATION_FIELD = "X-Tongmai-Application";
    static final String TRACE_FIELD = "X-Tongmai-Trace";

    /** What every service needs to read a content and choose an answer's form. */
    private static final Set<String> OF_THE_CONTENT = Set.of(
            "content-type",
            "content-encoding",
            "content-language",
            "content-disposition",
            "accept",
            "accept-charset",
            "accept-language",
            "accept-encoding",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "range");

    private final long most;
    private final Set<String> allowed;

    ContentGuard(ContentRule rule) {
        this.most = Math.max(rule.maxBody(), rule.largeBody());
        if (rule.fields() == null) {
            this.allowed = null;
        } else {
            this.allowed = new HashSet<>(OF_THE_CONTENT);
            rule.fields().forEach(name -> allowed.add(GatewayFields.plain(name)));
        }
    }

    @Override
    public void admit(Passage passage) {
        if (passage.received().content().length() > most) {
            throw new Refused(GatewayError.BODY_TOO_LARGE, "", "expected: at most " + most + " bytes");
        }
        List<String> types = passage.received().fields().all("content-type");
        if (types.size() > 1 || types.size() == 1 && MultipartContent.isAmbiguous(types.get(0))) {
            throw new Refused(Issue.of(ScreenError.NOT_ITS_TYPE, "header content-type", "two readings"));
        }
    }

    /** Leaves only what the service may see, and says who calls. */
    HttpCall forwarded(Passage passage) {
        HttpFields.Builder fields = new HttpFields.Builder();
        HttpFields came = passage.forwarded().fields();
        for (int i = 0; i < came.size(); i++) {
            String plain = GatewayFields.plain(came.name(i));
            boolean agreed = allowed == null ? !GatewayFields.sayWho(plain) : allowed.contains(plain);
            if (agreed && !GatewayFields.contain(plain)) {
                fields.add(came.name(i), came.value(i));
            }
        }
        if (passage.application() != null) {
            fields.add(APPLICATION_FIELD, passage.application().id());
        }
        return passage.forwarded().with(fields.add(TRACE_FIELD, passage.trace()).build());
    }
}
