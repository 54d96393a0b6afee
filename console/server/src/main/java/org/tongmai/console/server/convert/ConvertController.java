package org.tongmai.console.server.convert;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Converts what is sent and keeps nothing: {@code POST /api/convert/cda-to-fhir}. */
@RestController
@RequestMapping("/api/convert")
public class ConvertController {
    private final Map<String, Converter> converters = new TreeMap<>();

    public ConvertController(List<Converter> all) {
        for (Converter converter : all) {
            if (converters.put(converter.name(), converter) != null) {
                throw new IllegalStateException("two converters are called " + converter.name());
            }
        }
    }

    /** The names of all converters. */
    @GetMapping
    List<String> names() {
        return List.copyOf(converters.keySet());
    }

    @PostMapping("/{name}")
    Conversion convert(@PathVariable String name, @RequestParam Map<String, String> options, HttpServletRequest request)
            throws IOException {
        Converter converter = converters.get(name);
        if (converter == null) {
            throw new CodedException(
                    Issue.of(ConsoleError.NO_SUCH_CONVERSION, "name", "expected one of " + converters.keySet()));
        }
        return converter.convert(BoundedBody.of(request), options);
    }
}
