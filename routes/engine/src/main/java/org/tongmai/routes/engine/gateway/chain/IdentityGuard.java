package org.tongmai.routes.engine.gateway.chain;

import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.error.Issue;

/** Finds the application a call names itself by, or its listener stands for: may it call this service (接口授权校验)? */
final class IdentityGuard implements Guard {
    private final Map<String, KnownApplication> applications;
    private final Map<String, List<Issue>> withheld;

    /**
     * @param applications by their names
     * @param withheld those this node can not know now, and why
     */
    IdentityGuard(Map<String, KnownApplication> applications, Map<String, List<Issue>> withheld) {
        this.applications = applications;
        this.withheld = withheld;
    }

    @Override
    public void admit(Passage passage) {
        String name = passage.bound() == null ? named(passage) : passage.bound().application();
        if (withheld.containsKey(name)) {
            throw new Refused(
                    GatewayError.SERVICE_WITHHELD,
                    RequestSignature.APP_HEADER,
                    withheld.get(name).get(0).code().code());
        }
        KnownApplication application = applications.get(name);
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

    /** Empty for none, and for more than one. */
    private static String named(Passage passage) {
        List<String> names = passage.received().fields().all(RequestSignature.APP_HEADER);
        return names.size() == 1 ? names.get(0) : "";
    }

    /** Counts the call against what was agreed with its application; after it proved that it comes from there. */
    void count(Passage passage) {
        KnownApplication application = passage.application();
        if (application != null) {
            application.count();
        }
    }
}
