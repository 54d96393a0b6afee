package org.tongmai.console.server.sample;

import java.time.Instant;
import java.util.List;
import org.tongmai.routes.engine.gateway.CopyFigures;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Gateways;
import org.tongmai.routes.engine.gateway.NodeRules;
import org.tongmai.routes.engine.gateway.OwnershipProposal;
import org.tongmai.routes.engine.gateway.Publication;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Rules of no service, whatever is published. */
public final class SampleGateways implements Gateways {
    private static final Publication FIRST = new Publication(1, "00", "", "administrator", Instant.EPOCH);

    @Override
    public String rules() {
        return "{}";
    }

    @Override
    public String rules(long revision) {
        if (revision != 1) {
            throw new CodedException(Issue.of(GatewayError.PUBLICATION_UNKNOWN, "", ""));
        }
        return "{}";
    }

    @Override
    public Publication publish(String json, long basedOn, String note, String by) {
        return FIRST;
    }

    @Override
    public Publication publishAgain(long revision, long basedOn, String by) {
        if (revision != 1) {
            throw new CodedException(Issue.of(GatewayError.PUBLICATION_UNKNOWN, "", ""));
        }
        return FIRST;
    }

    @Override
    public List<Publication> publications(int most) {
        return List.of(FIRST);
    }

    @Override
    public List<NodeRules> nodes() {
        return List.of();
    }

    @Override
    public Transports transports() {
        return new Transports(List.of(), List.of());
    }

    @Override
    public List<ServiceFigures> services() {
        return List.of();
    }

    @Override
    public CopyFigures copies(String service) {
        throw new CodedException(Issue.of(GatewayError.SERVICE_NOT_HERE, service, ""));
    }

    @Override
    public void clearKept(String service, String by) {
        throw new CodedException(Issue.of(GatewayError.SERVICE_NOT_HERE, service, ""));
    }

    @Override
    public List<OwnershipProposal> ownershipProposals(String service) {
        return List.of();
    }
}
