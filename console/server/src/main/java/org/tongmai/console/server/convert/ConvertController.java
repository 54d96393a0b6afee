package org.tongmai.console.server.convert;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.standards.terminology.TerminologyService;

/** Converts what is sent and keeps nothing: {@code POST /api/convert/hl7v2-to-fhir?lineage=true}. */
@RestController
@RequestMapping("/api/convert")
public class ConvertController {
    private final Converters converters;

    public ConvertController(TerminologyService tables) {
        this.converters = new Converters(() -> tables.inForce().terminology());
    }

    /** The names of all conversions. */
    @GetMapping
    List<String> names() {
        return converters.names();
    }

    @PostMapping("/{name}")
    Conversion convert(@PathVariable String name, @RequestParam Map<String, String> options, HttpServletRequest request)
            throws IOException {
        return converters.convert(name, BoundedBody.of(request), options);
    }
}
