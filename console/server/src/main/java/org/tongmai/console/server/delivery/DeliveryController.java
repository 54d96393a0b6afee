package org.tongmai.console.server.delivery;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.routes.engine.delivery.Deliveries;
import org.tongmai.routes.engine.delivery.Deliveries.Destination;
import org.tongmai.routes.engine.delivery.Deliveries.ParkedCause;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Watches destinations, holds them and lets them go, and puts back what was parked. */
@RestController
@RequestMapping("/api")
public class DeliveryController {
    private final Deliveries deliveries;

    public DeliveryController(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @GetMapping("/destinations")
    List<Destination> destinations() {
        return deliveries.destinations();
    }

    @PostMapping("/destinations/{id}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void pause(@PathVariable String id) {
        deliveries.pause(existing(id));
    }

    @PostMapping("/destinations/{id}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resume(@PathVariable String id) {
        deliveries.resume(existing(id));
    }

    @GetMapping("/parked")
    List<ParkedCause> parked() {
        return deliveries.parkedCauses();
    }

    @PostMapping("/parked/release")
    Map<String, Integer> release(@RequestBody Release release) {
        if (release.destination() == null || release.destination().isBlank()) {
            throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, "destination", "expected: a destination"));
        }
        String cause = release.causeCode() == null || release.causeCode().isBlank() ? null : release.causeCode();
        return Map.of("released", deliveries.release(existing(release.destination()), cause));
    }

    private String existing(String id) {
        boolean known = deliveries.destinations().stream()
                .anyMatch(destination -> destination.id().equals(id));
        if (!known) {
            throw new CodedException(Issue.of(ConsoleError.NO_SUCH_DESTINATION, "", ""));
        }
        return id;
    }

    /** What to put back: everything parked for the destination, or only what has this cause. */
    record Release(String destination, String causeCode) {}
}
