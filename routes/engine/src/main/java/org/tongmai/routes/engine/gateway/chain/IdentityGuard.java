package org.tongmai.routes.engine.gateway.chain;

import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.crypto.request.RequestSignature;

/** Finds the application a call names itself by, or its listener stands for: may it call this service (接口授权校验)? */
final class IdentityGuard implements Guard {
    private final Map<String, KnownApplication> applications;

    IdentityGuard(Map<String, KnownApplication> applications) {
        this.applications = applications;
    }

    @Override
    public void admit(Passage passage) {
        KnownApplication application =
                passage.bound() == null ? named(passage) : passage.bound().application();
        if (application == null || !application.active()) {
            throw new Refused(GatewayError.APPLICATION_UNKNOWN, RequestSignature.APP_HEADER, "");
        }
        PublishedService service = passage.service();
        if (!application.isIn(service.rule().domain())) {
            throw new Refused(GatewayError.WRONG_DOMAIN, service.id(), "");
        }
        if (!application.mayCall(service.id())) {
            throw new Refused(GatewayError.NOT_AUTHORISED, service.id(), "");
        }
        application.admit(passage);
        passage.identified(application);
    }

    private KnownApplication named(Passage passage) {
        List<String> names = passage.received().fields().all(RequestSignature.APP_HEADER);
        return names.size() == 1 ? applications.get(names.get(0)) : null;
    }

    /** Counts the call against what was agreed with its application; after it proved that it comes from there. */
    void count(Passage passage) {
        KnownApplication application = passage.application();
        if (application != null) {
            application.count();
        }
    }
}
