package org.tongmai.console.server.gateway;

import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.routes.engine.gateway.CopyFigures;
import org.tongmai.routes.engine.gateway.Gateways;
import org.tongmai.routes.engine.gateway.Gateways.ServiceFigures;
import org.tongmai.routes.engine.gateway.NodeRules;
import org.tongmai.routes.engine.gateway.OwnershipProposal;
import org.tongmai.routes.engine.gateway.Publication;

/** Reads and publishes rules, and says what every node runs. */
@RestController
@RequestMapping("/api/gateway")
public class GatewayController {
    private static final int MOST_PUBLICATIONS = 200;

    /** The database's time: the clock by which nodes were heard of. */
    private static final String NOW = "Tongmai-Now";

    private final Gateways gateways;
    private final JdbcClient jdbc;

    public GatewayController(Gateways gateways, DataSource dataSource) {
        this.gateways = gateways;
        this.jdbc = JdbcClient.create(dataSource);
    }

    @GetMapping(path = "/rules", produces = MediaType.APPLICATION_JSON_VALUE)
    String rules() {
        return gateways.rules();
    }

    @PostMapping("/rules")
    Publication publish(
            @RequestBody String rules,
            @RequestParam long basedOn,
            @RequestParam(defaultValue = "") String note,
            Authentication who) {
        return gateways.publish(rules, basedOn, note, who.getName());
    }

    @GetMapping("/publications")
    List<Publication> publications() {
        return gateways.publications(MOST_PUBLICATIONS);
    }

    @GetMapping(path = "/publications/{revision}/rules", produces = MediaType.APPLICATION_JSON_VALUE)
    String rules(@PathVariable long revision) {
        return gateways.rules(revision);
    }

    @PostMapping("/publications/{revision}/again")
    Publication again(@PathVariable long revision, @RequestParam long basedOn, Authentication who) {
        return gateways.publishAgain(revision, basedOn, who.getName());
    }

    @GetMapping("/nodes")
    ResponseEntity<List<NodeRules>> nodes() {
        List<NodeRules> nodes = gateways.nodes();
        OffsetDateTime now =
                jdbc.sql("select now()").query(OffsetDateTime.class).single();
        return ResponseEntity.ok().header(NOW, now.toInstant().toString()).body(nodes);
    }

    @GetMapping("/transports")
    Gateways.Transports transports() {
        return gateways.transports();
    }

    @GetMapping("/services")
    List<ServiceFigures> services() {
        return gateways.services();
    }

    @GetMapping("/services/{id}/copies")
    CopyFigures copies(@PathVariable String id) {
        return gateways.copies(id);
    }

    @PostMapping("/services/{id}/cache/clear")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clearKept(@PathVariable String id, Authentication who) {
        gateways.clearKept(id, who.getName());
    }

    @GetMapping("/services/{id}/ownership-proposals")
    List<OwnershipProposal> proposals(@PathVariable String id) {
        return gateways.ownershipProposals(id);
    }
}
