"""The symbols of formulas: LaTeX commands with their characters, by role.

The roles are TeX's own (Knuth, The TeXbook, chapter 17): they determine spacing.
"""

from __future__ import annotations

RELATIONS = {
    "approx": "≈", "geq": "≥", "in": "∈", "leftarrow": "←", "leq": "≤", "mapsto": "↦", "mid": "|",
    "neq": "≠", "propto": "∝", "rightarrow": "→", "sim": "~", "to": "→", "equiv": "≡",
    "subset": "⊂",
}  # fmt: skip
BINARY = {
    "cdot": "·", "times": "×", "odot": "⊙", "cup": "∪", "cap": "∩", "setminus": "∖", "oplus": "⊕",
    "otimes": "⊗", "pm": "±", "circ": "∘",
}  # fmt: skip
OPERATORS = {
    "sum": "∑", "prod": "∏", "int": "∫", "nabla": "∇", "arg": "arg", "cos": "cos", "exp": "exp",
    "lim": "lim", "ln": "ln", "log": "log", "max": "max", "min": "min", "sin": "sin",
    "tanh": "tanh",
}  # fmt: skip
OPENING = {"{": "{", "langle": "⟨", "lceil": "⌈", "lfloor": "⌊"}
CLOSING = {"}": "}", "rangle": "⟩", "rceil": "⌉", "rfloor": "⌋"}
ORDINARY = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    "infty": "∞", "partial": "∂", "prime": "′", "top": "⊤", "ldots": "…", "cdots": "⋯",
    "|": "‖", "Vert": "‖", "%": "%", "_": "_", "#": "#", "&": "&", "forall": "∀", "emptyset": "∅",
}  # fmt: skip
SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "quad": "   ", "qquad": "   "}
ACCENTS = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "dot": "\u0307", "vec": "\u20d7"}
WORDS = frozenset({"mathrm", "text", "operatorname", "textrm", "mathit"})
ALPHABETS = {
    "mathbb": {"R": "ℝ", "E": "𝔼", "N": "ℕ", "Z": "ℤ", "1": "𝟙"},
    "mathcal": {"L": "ℒ"},
    "mathbf": {"1": "𝟏"},
}
"""Letters of other alphabets that common fonts have; others stay plain."""

SUBSCRIPTS = dict(
    zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
SUPERSCRIPTS = dict(
    zip("0123456789+-=()abcdefghijklmnoprstuvwxyz⊤*",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ*", strict=True)
)  # fmt: skip
